namespace Sim800.Simulator.Machine;

/// <summary>One command of a command line: <c>+CIPSEND</c>, <c>E</c>, <c>&amp;W</c>.</summary>
internal readonly record struct Command(string Name, CommandForm Form, CommandArguments Arguments)
{
    /// <summary>What a line with <c>AT</c> alone asks for.</summary>
    internal static readonly Command Empty = new("", CommandForm.Execute, CommandArguments.None);
}

/// <summary>The four ways to write a command (V.250 5.4).</summary>
internal enum CommandForm
{
    Execute,
    Read,
    Test,
    Set,
}
