namespace Sim800.Modem;

/// <summary>The serial line is closed; <see cref="Exception.InnerException"/> is the one reason.</summary>
public sealed class ModemClosedException : ModemException
{
    internal ModemClosedException(Exception reason)
        : base(
            Sim800Stage.Line,
            reason is ObjectDisposedException ? "The modem has been closed." : "The serial line is dead: " + reason.Message,
            reason is ModemException ? "" : "Open the modem again.",
            reason) =>
        IsTransient = reason is not ObjectDisposedException;
}
