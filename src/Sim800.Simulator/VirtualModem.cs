using System.IO.Pipelines;
using Sim800.Simulator.Messages;

namespace Sim800.Simulator;

/// <summary>
/// A modem that is not there, of one of the models of <see cref="VirtualModemModel"/>: it answers every AT command byte for byte as the
/// reference says, at the pace of its serial line, and opens real or in-memory connections. All members may be called from any thread.
/// </summary>
/// <example>
/// <code>
/// await using var modem = VirtualModem.OnPseudoTerminal(new VirtualModemOptions
/// {
///     RoundTripTime = TimeSpan.FromMilliseconds(600),
///     Faults = FaultPlan.Parse(["reboot@20"]),
/// });
/// Console.WriteLine(modem.DevicePath);
/// </code>
/// </example>
public sealed class VirtualModem : IAsyncDisposable
{
    private readonly ModemShell _shell;
    private readonly IHostPort _port;

    private VirtualModem(VirtualModemOptions options, IHostPort port)
    {
        _port = port;
        _shell = new ModemShell(options, port);
    }

    /// <summary>The host's end of a line in memory.</summary>
    /// <exception cref="InvalidOperationException">The modem is on a pseudo-terminal; open <see cref="DevicePath"/>.</exception>
    public IDuplexPipe Line => _port is PipePort pipe
        ? pipe.Line
        : throw new InvalidOperationException("The modem is on a pseudo-terminal: open its DevicePath.");

    /// <summary>The device to open: the link path when one was given. Without one it may be another after the fault <c>device-gone</c>.</summary>
    /// <exception cref="InvalidOperationException">The modem is in memory; use <see cref="Line"/>.</exception>
    public string DevicePath => OperatingSystem.IsLinux() && _port is PseudoTerminalPort terminal
        ? terminal.DevicePath
        : throw new InvalidOperationException("The modem is in memory: use its Line.");

    /// <summary>What has happened so far.</summary>
    public VirtualModemCounters Counters => _shell.Look(engine => engine.Counters.Snapshot());

    /// <summary>
    /// The rate at which the host of a line in memory sends and listens, in bits a second. When it is not the modem's
    /// rate, both sides read garbage. On a pseudo-terminal the host's termios settings decide instead.
    /// </summary>
    public int HostBaudRate
    {
        get => _shell.Look(engine => engine.Rate.Host);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _shell.Step(engine => engine.Rate.Host = value);
        }
    }

    /// <summary>A virtual modem on a line in memory.</summary>
    public static VirtualModem Create(VirtualModemOptions? options = null) => new(options ?? new VirtualModemOptions(), new PipePort());

    /// <summary>A virtual modem on a pseudo-terminal. Linux only.</summary>
    /// <param name="options">What the modem is like.</param>
    /// <param name="linkPath">A symbolic link to make to the device, so that its path is always the same; an old link is replaced.</param>
    /// <exception cref="PseudoTerminalException">There is none to be had, or the link could not be made.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static VirtualModem OnPseudoTerminal(VirtualModemOptions? options = null, string? linkPath = null)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Pseudo-terminals are there on Linux only; use Create and its Line elsewhere.");
        }

        options ??= new VirtualModemOptions();
        return new VirtualModem(options, new PseudoTerminalPort(options.BaudRate, linkPath));
    }

    /// <summary>Lets something go wrong; its time counts from the creation of the modem, and one in the past is now.</summary>
    public void Inject(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _shell.Step(engine => engine.Faults.Plan(fault));
    }

    /// <summary>
    /// The PWRKEY pin is low and released: a second or more switches the modem on or off, more than 33 s restart it. A modem that hangs does
    /// not see a short press.
    /// </summary>
    /// <param name="duration">How long it was low; not negative.</param>
    public void PressPowerKey(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        _shell.Step(engine => engine.Power.PressKey(duration));
    }

    /// <summary>The RESET pin is low and released: a modem that is on restarts, whatever it was doing.</summary>
    public void Reset() => _shell.Step(static engine => engine.Power.PressReset());

    /// <summary>Ends a fault that lasts or still waits for its occasion, such as <see cref="FaultKind.NoNetwork"/>; what it changed at once is undone.</summary>
    public void Mend(FaultKind kind) => _shell.Step(engine => engine.Faults.Mend(kind));

    /// <summary>Sends the modem a short message, which it keeps and announces as AT+CPMS and AT+CNMI say.</summary>
    public void ReceiveMessage(string sender, string text) => _shell.Step(engine => engine.Messages.Receive(sender, text));

    /// <summary>Sends the modem a short message as it comes from the network.</summary>
    /// <param name="pdu">Service centre and SMS-DELIVER or SMS-STATUS-REPORT in hexadecimal (23.040 9.2.2), as PDU mode shows it.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public void ReceiveMessagePdu(string pdu)
    {
        ArgumentNullException.ThrowIfNull(pdu);
        var tpdu = Tpdu.Parse(pdu) is { Kind: Tpdu.Deliver or Tpdu.StatusReport } message
            ? message
            : throw new ArgumentException("It is no SMS-DELIVER and no SMS-STATUS-REPORT behind a service centre.", nameof(pdu));
        _shell.Step(engine => engine.Messages.Receive(tpdu));
    }

    /// <summary>Calls the modem: it rings until it is answered, or until the caller gives up.</summary>
    /// <param name="number">The caller's number, as AT+CLIP shows it.</param>
    /// <param name="rings">After how many rings the caller gives up, 1 or more.</param>
    public void ReceiveCall(string number, int rings = 5)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rings);
        _shell.Step(engine => engine.Calls.Ring(number, rings));
    }

    /// <summary>The other side of a call hangs up.</summary>
    public void EndCall() => _shell.Step(static engine => engine.Calls.Drop());

    /// <summary>
    /// The host's DTR line, on by default. Off for a second it leads from transparent mode to command mode (AT&amp;D1) or
    /// hangs up (AT&amp;D2); while it is off the modem may sleep (AT+CSCLK=1).
    /// </summary>
    public bool DataTerminalReady
    {
        get => _shell.Look(engine => engine.Serial.IsDtrOn);
        set => _shell.Step(engine => engine.Serial.IsDtrOn = value);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _shell.DisposeAsync();
}
