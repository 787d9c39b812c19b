namespace Sim800.Modem;

/// <summary>The serial line is closed; <see cref="Exception.InnerException"/> is the one reason.</summary>
public sealed class ModemClosedException : ModemException
{
    internal ModemClosedException(Exception reason)
        : base(Sim800Stage.Line, HappenedOf(reason), (reason as ModemException)?.Remedy ?? ModemRemedy.OpenAgain, reason) =>
        IsTransient = reason is not ObjectDisposedException;

    private static string HappenedOf(Exception reason) => reason switch
    {
        ObjectDisposedException => "The modem has been closed.",
        ModemException modem => "The serial line is dead: " + modem.Happened,
        _ => "The serial line is dead: " + reason.Message,
    };
}
