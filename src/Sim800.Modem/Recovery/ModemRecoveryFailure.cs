using System.Runtime.InteropServices;

namespace Sim800.Modem;

/// <summary>What is known about a failure when <see cref="ModemRecoveryPolicy"/> is asked what to do about it.</summary>
/// <param name="Layer">The layer that failed, from the serial line to MQTT.</param>
/// <param name="Nature">What can be said of it by its kind alone.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModemRecoveryFailure(Sim800Stage Layer, ModemFailureNature Nature)
{
    /// <summary>What was being done, such as <c>AT+CIPSTART</c>, without secrets; <c>null</c> when nothing was.</summary>
    public string? Command { get; init; }

    /// <summary>The state it was done in, or the words of the refusal, such as <c>IP INITIAL</c>; <c>null</c> when unknown.</summary>
    public string? State { get; init; }

    /// <summary>How long the connection had lasted; zero when it never came about.</summary>
    public TimeSpan Lasted { get; init; }

    /// <summary>Whether bytes had come from the peer in this attempt: all layers up to TCP work, and no rung is climbed.</summary>
    public bool HasReceived { get; init; }

    /// <summary>Whether the modem took a command and reported no outcome through all the time it may take, a minute and more: such an attempt stands for
    /// all attempts of its rung.</summary>
    public bool HadNoOutcome { get; init; }

    /// <summary>Whether the serial device had been open before: then everything about it passes, as when an adapter comes back and its
    /// permissions follow a moment later.</summary>
    public bool HadDevice { get; init; }

    /// <summary>Whether there has been no connection yet: what somebody has to mend is then told at once.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether it looks like a wrong address or account as much as like a server that restarts. Somebody who waits for the first connection
    /// within a limit is told of that after a few attempts (<see cref="ModemFailureNature.Doubtful"/>); later it passes.</summary>
    public bool MayBeAddress { get; init; }

    /// <summary>How much is left of the time for the first connection; <c>null</c> without such a limit.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Reads a failure of the layers up to TCP.</summary>
    /// <param name="failure">What was thrown.</param>
    public static ModemRecoveryFailure Of(ModemException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (failure is TcpLinkException { Reason: TcpLinkReason.LineClosed, InnerException: { } line })
        {
            return line is ModemException below ? Of(below) : new(Sim800Stage.Line, line is ObjectDisposedException ? ModemFailureNature.Final : ModemFailureNature.Passing);
        }

        return new(failure.Stage, NatureOf(failure))
        {
            Command = VerbOf(failure.Command),
            State = failure.State ?? failure.Answer,
            HadNoOutcome = failure is TcpConnectException { Reason: TcpConnectReason.NoOutcome },
        };
    }

    private static ModemFailureNature NatureOf(ModemException failure) => failure switch
    {
        ModemClosedException { InnerException: ObjectDisposedException } => ModemFailureNature.Final,
        ModemClosedException { InnerException: SerialPortException port } => NatureOf(port),
        SerialPortException { Reason: SerialPortReason.NotFound or SerialPortReason.Unplugged or SerialPortReason.Busy } => ModemFailureNature.DeviceAway,
        SerialPortException { Reason: SerialPortReason.DeviceError } => ModemFailureNature.Doubtful,
        SimException { Reason: SimReason.PinRefused or SimReason.PukRequired or SimReason.OtherCodeRequired } => ModemFailureNature.Final,
        SimException { Reason: SimReason.Failure, IsTransient: false } => ModemFailureNature.Doubtful,

        // The modem's own words say nothing: a byte of the command may have been lost, or the modem was not ready for it.
        { Remedy: ModemRemedy.SeeManual or ModemRemedy.UpdateFirmware } => ModemFailureNature.Doubtful,

        // A wrong access point looks like a network that is busy.
        { Remedy: ModemRemedy.CheckApnAndCredentials } => ModemFailureNature.Doubtful,
        _ => failure.IsTransient ? ModemFailureNature.Passing : ModemFailureNature.NeedsMending,
    };

    /// <summary>Two attempts to open a link differ in its number, not in what is being done.</summary>
    private static string? VerbOf(string? command) => command?.Split('=', 2)[0];
}

/// <summary>What can be said of a failure by its kind alone; what it asks for depends on the history too.</summary>
public enum ModemFailureNature
{
    /// <summary>Passes by itself: coverage, a lost link, a server that restarts, a modem that does not answer.</summary>
    Passing,

    /// <summary>The serial device is not there, or another process holds it.</summary>
    DeviceAway,

    /// <summary>Nobody can tell from one: a bare <c>ERROR</c>, a breach of the protocol. Passing, unless it comes again and again with the
    /// same command in the same state.</summary>
    Doubtful,

    /// <summary>Cannot get better before somebody changes something: credentials, a certificate, a missing card.</summary>
    NeedsMending,

    /// <summary>Trying again does harm or cannot help: a refused PIN, a modem of the caller's that is closed.</summary>
    Final,
}
