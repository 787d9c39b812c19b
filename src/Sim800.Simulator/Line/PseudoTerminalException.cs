namespace Sim800.Simulator;

/// <summary>The system gave no pseudo-terminal, or the link to it could not be made.</summary>
public sealed class PseudoTerminalException : SimulatorException
{
    internal PseudoTerminalException(string message, string remedy, Exception? innerException = null)
        : base(message, remedy, innerException)
    {
    }
}
