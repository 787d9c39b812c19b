using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sim800.Modem;

/// <summary>The settings of a modem. The defaults suit a SIM800L on three wires (TXD, RXD, GND).</summary>
public sealed record ModemOptions
{
    /// <summary>Access point name of the operator, up to 50 characters; <c>null</c> leaves the modem's own.</summary>
    public string? Apn { get; init; }

    /// <summary>User name for the access point, up to 50 characters.</summary>
    public string? ApnUser { get; init; }

    /// <summary>Password for the access point, up to 50 characters. Never logged.</summary>
    public string? ApnPassword { get; init; }

    /// <summary>PIN of the SIM card, 4 to 8 digits. Entered once and never again after a refusal. Never logged.</summary>
    public string? Pin { get; init; }

    /// <summary>The family of the modem; <see cref="ModemFamily.Automatic"/> asks it. To be forced for a modem that gives itself a name of its own.</summary>
    public ModemFamily Family { get; init; }

    /// <summary>Bits per second on the serial line. When the modem is silent at this rate, the other usual ones are tried.</summary>
    public int BaudRate { get; init; } = 115200;

    /// <summary>Whether a modem found in automatic rate detection is fixed to <see cref="BaudRate"/> (<c>AT+IPR</c>, saved).</summary>
    public bool FixBaudRate { get; init; } = true;

    /// <summary>RTS/CTS on the serial line and in the modem (<c>AT+IFC=2,2</c>). Only where both wires are connected.</summary>
    public bool HardwareFlowControl { get; init; }

    /// <summary>
    /// How far opening goes: <see cref="Sim800Stage.Modem"/> to talk to a modem without a SIM card, <see cref="Sim800Stage.Sim"/> without
    /// a network, <see cref="Sim800Stage.Network"/> (the default) for everything else. What is left out is not made up for later.
    /// </summary>
    public Sim800Stage OpenUntil { get; init; } = Sim800Stage.Network;

    /// <summary>
    /// Largest number of bytes in one <c>AT+CIPSEND</c>, 1 to 1500; modems of the SIM800 family take 1460 at most. Some networks do better with 1024.
    /// </summary>
    public int MaxSendSize { get; init; } = 1500;

    /// <summary>
    /// The largest number of bytes of a connection in flight, that is, not yet acknowledged by the peer; 256 or more. Beyond it the driver
    /// polls <c>AT+CIPACK</c> and writing waits, which avoids head-of-line blocking in a slow network. <c>null</c> for the modem's own
    /// limit. Ignored with <see cref="ModemReceiveMode.Transparent"/>.
    /// </summary>
    public int? MaxUnacknowledgedBytes { get; init; }

    /// <summary>How received data is taken from the modem.</summary>
    public ModemReceiveMode ReceiveMode { get; init; }

    /// <summary>How a transparent connection is left for command mode; ignored with the other receive modes.</summary>
    public ModemTransparentEscape TransparentEscape { get; init; }

    /// <summary>
    /// Asserts (<c>true</c>) or releases the DTR wire of a line that was opened by the caller, such as <c>on => port.DtrEnable = on</c>;
    /// <c>null</c> when there is none. A device opened by its path does without.
    /// </summary>
    public Action<bool>? SetDataTerminalReady { get; init; }

    /// <summary>DNS servers for the modem's own resolver, one or two; empty leaves the operator's.</summary>
    public IReadOnlyList<IPAddress> DnsServers { get; init; } = [];

    /// <summary>
    /// A folder in which it is remembered what has been learnt of each modem, by the number of the device: model, saved rate, what its firmware lacks. The
    /// next start asks eight commands fewer. No secret is in it, and a file that is damaged counts as absent. <c>null</c> remembers nothing.
    /// </summary>
    public string? StateFolder { get; init; }

    /// <summary>How long a modem that does not answer is probed.</summary>
    public TimeSpan SynchronisationTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long to wait for the registration with a network.</summary>
    public TimeSpan RegistrationTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long to wait for GPRS to attach.</summary>
    public TimeSpan AttachTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>How long a closing connection may wait for the acknowledgement of its last bytes.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What is done to the modem before it is brought up, after earlier attempts have failed; <c>null</c> for nothing.</summary>
    public ModemRecoveryRung? OpenAfter { get; init; }

    /// <summary>How long to pause and what to do when connections keep failing. In an MQTT client the pauses are those of its own options.</summary>
    public ModemRecoveryOptions Recovery { get; init; } = new();

    /// <summary>The module's power key and reset pin; <c>null</c> when they are not wired.</summary>
    public IModemPowerControl? Power { get; init; }

    /// <summary>Receives the progress of every stage. Called from the driver's own tasks: return quickly.</summary>
    public IProgress<Sim800Progress>? Progress { get; init; }

    /// <summary>Receives what the modem reports unsolicited. Called from the driver's own tasks: return quickly.</summary>
    public IProgress<ModemEvent>? Events { get; init; }

    /// <summary>
    /// Receives each unsolicited line as it came, messages and USSD texts among them, a text of several lines as one; not those that only tell of
    /// received data. Called from the driver's own tasks: return quickly.
    /// </summary>
    public IProgress<string>? Unsolicited { get; init; }

    /// <summary>Put around the serial line, to record or count what passes; <c>null</c> for nothing. What it returns passes everything on, and
    /// the rate and DTR of the line stay the driver's.</summary>
    public Func<IDuplexPipe, IDuplexPipe>? WrapLine { get; init; }

    /// <summary>The source of time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where log messages go. Neither payload nor PIN nor password is ever among them.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <param name="hasDtr">Whether the line has a DTR wire of its own.</param>
    internal void Validate(bool hasDtr)
    {
        Check(this, IsText(Apn) && IsText(ApnUser) && IsText(ApnPassword), "APN, user and password are at most 50 printable ASCII characters without quotes.");
        Check(this, Pin is null || (Pin.Length is >= 4 and <= 8 && Pin.All(char.IsAsciiDigit)), "A PIN has 4 to 8 digits.");
        Check(this, Enum.IsDefined(Family), "The family is none of those that are known.");
        Check(this, OpenUntil is Sim800Stage.Modem or Sim800Stage.Sim or Sim800Stage.Network, "A modem is opened until Modem, Sim or Network.");
        Check(this, MaxSendSize is >= 1 and <= 1500, "One AT+CIPSEND takes 1 to 1500 bytes.");
        Check(
            this,
            hasDtr || SetDataTerminalReady is not null || ReceiveMode != ModemReceiveMode.Transparent || TransparentEscape == ModemTransparentEscape.Pluses,
            "To leave a transparent connection by DTR on a line of the caller SetDataTerminalReady is needed.");
        Check(this, MaxUnacknowledgedBytes is null or >= 256, "At least 256 bytes must be allowed to be unacknowledged.");
        Recovery.Validate();
        Check(this, StateFolder is null || (StateFolder.Length > 0 && !StateFolder.Contains('\0', StringComparison.Ordinal)), "The folder of the state has no name.");
        Check(this, DnsServers.Count <= 2, "The modem takes at most two DNS servers.");
    }

    private static bool IsText(string? text) =>
        text is null || (text.Length <= 50 && text.All(character => character is >= ' ' and <= '~' and not '"'));

    private static void Check(ModemOptions options, bool isValid, string rule)
    {
        if (!isValid)
        {
            throw new ArgumentException(rule, nameof(options));
        }
    }

    // A record prints all its properties; this one holds a PIN and a password.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Apn = ").Append(Apn).Append(", BaudRate = ").Append(BaudRate).Append(", ReceiveMode = ").Append(ReceiveMode);
        return true;
    }
}
