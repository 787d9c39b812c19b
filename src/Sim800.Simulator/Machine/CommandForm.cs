namespace Sim800.Simulator.Machine;

/// <summary>The four ways to write a command (V.250 5.4).</summary>
internal enum CommandForm
{
    Execute,
    Read,
    Test,
    Set,
}
