namespace Sim800.Simulator;

/// <summary>A serial device could not be opened.</summary>
public sealed class SerialDeviceException : SimulatorException
{
    internal SerialDeviceException(string message, string remedy)
        : base(message, remedy)
    {
    }
}
