using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Simulator.Models;

namespace Sim800.Simulator;

/// <summary>What a <see cref="VirtualModem"/> is like. Immutable: configure with <c>with</c>.</summary>
public sealed record VirtualModemOptions
{
    /// <summary>Which module it is. Default SIM800L.</summary>
    public VirtualModemModel Model { get; init; }

    /// <summary>The rate of the serial line in bits a second, ten bits a byte. Default 115200.</summary>
    public int BaudRate { get; init; } = 115_200;

    /// <summary>The modem detects the host's rate at its first <c>AT</c> (AT+IPR=0), and says nothing at boot before that. Default <c>false</c>.</summary>
    public bool AutoBaud { get; init; }

    /// <summary>From the modem to the server and back. Default 0.</summary>
    public TimeSpan RoundTripTime { get; init; }

    /// <summary>The round-trip time varies by up to this much either way. Default 0.</summary>
    public TimeSpan RoundTripJitter { get; init; }

    /// <summary>Bits a millisecond from the modem to the network; <c>null</c> is as fast as the serial line.</summary>
    public int? UplinkKbps { get; init; }

    /// <summary>Bits a millisecond from the network to the modem; <c>null</c> is as fast as the serial line.</summary>
    public int? DownlinkKbps { get; init; }

    /// <summary>From the end of a command line to its answer, and from the end of a payload to its confirmation. Default 5 ms.</summary>
    public TimeSpan CommandDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a name takes to resolve; <c>null</c> (default) is one round trip.</summary>
    public TimeSpan? DnsDelay { get; init; }

    /// <summary>How long AT+CIICR and AT+NETOPEN take; <c>null</c> (default) is one round trip.</summary>
    public TimeSpan? PdpActivationTime { get; init; }

    /// <summary>When a server that does not answer is given up. Default 75 s, as the SIM800's manual says; on LTE modules AT+CIPTIMEOUT decides.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>From a usable SIM to registration. Default 1 s.</summary>
    public TimeSpan RegistrationTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From power-on or reset to the first command answered; <c>null</c> (default) is the model's own: 3.3 s for the SIM800L, 23 s for the SIM7600E.</summary>
    public TimeSpan? BootTime { get; init; }

    /// <summary><c>true</c>: the line opens with the boot of the modem. Default <c>false</c>: booted and registered long ago.</summary>
    public bool StartsAtPowerOn { get; init; }

    /// <summary>Unacknowledged bytes a link holds for the network. Default 32 KB.</summary>
    public int SendBufferSize { get; init; } = 32 * 1024;

    /// <summary>Bytes a link holds for the host before the TCP window closes. Default 32 KB.</summary>
    public int ReceiveBufferSize { get; init; } = 32 * 1024;

    /// <summary>The SIM's PIN; <c>null</c> (default) is a SIM that asks for none.</summary>
    public string? Pin { get; init; }

    /// <summary>The SIM's PUK. Default 12345678.</summary>
    public string Puk { get; init; } = "12345678";

    /// <summary>The access point the operator accepts; <c>null</c> (default) accepts any.</summary>
    public string? Apn { get; init; }

    /// <summary>The user an LTE network demands for its access point (AT+CGAUTH); <c>null</c> (default) is none.</summary>
    public string? ApnUser { get; init; }

    /// <summary>The password that goes with <see cref="ApnUser"/>.</summary>
    public string ApnPassword { get; init; } = "";

    /// <summary>What AT+CSQ reports, 0 to 31 or 99. Default 21.</summary>
    public int SignalStrength { get; init; } = 21;

    /// <summary>The registered network's name. Default <c>Virtual GSM</c>.</summary>
    public string OperatorName { get; init; } = "Virtual GSM";

    /// <summary>Registered in a foreign network: AT+CREG answers 5 and not 1.</summary>
    public bool Roaming { get; init; }

    /// <summary>The modem's serial number, 15 digits.</summary>
    public string Imei { get; init; } = "867717031234567";

    /// <summary>The subscriber's number in the SIM, 15 digits.</summary>
    public string Imsi { get; init; } = "262011234567890";

    /// <summary>The subscriber's telephone number, as AT+CNUM and the phonebook <c>ON</c> show it; <c>null</c> (default) where the card does not know it.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The SIM card's number.</summary>
    public string Iccid { get; init; } = "8949201234567890123F";

    /// <summary>What AT+CGMM answers; <c>null</c> (default) is the model's own, such as <c>SIMCOM_SIM800L</c>.</summary>
    public string? ModelName { get; init; }

    /// <summary>What AT+CGMR answers; <c>null</c> (default) is the model's own, such as <c>Revision:1418B05SIM800L24</c>.</summary>
    public string? Firmware { get; init; }

    /// <summary>The supply in millivolt. Default 4012.</summary>
    public int SupplyMillivolt { get; init; } = 4012;

    /// <summary>Where the modem is, in degrees: longitude, latitude (AT+CIPGSMLOC).</summary>
    public (double Longitude, double Latitude) Location { get; init; } = (24.672608, 59.395128);

    /// <summary>The local time zone in quarters of an hour, as network time and AT+CCLK give it. Default 0.</summary>
    public int TimeZoneQuarters { get; init; }

    /// <summary>What the network answers to USSD codes; anything else is "not supported". Default: a balance for <c>*100#</c>.</summary>
    public IReadOnlyDictionary<string, string> UssdAnswers { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["*100#"] = "Balance: 12.34 EUR" };

    /// <summary>The firmware has built-in SSL (AT+CIPSSL). Default <c>false</c>: it answers ERROR, as R13.08 does.</summary>
    public bool HasBuiltInSsl { get; init; }

    /// <summary>What goes wrong, and when. Default nothing.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>Where jitter and faults take their chances from: the same seed gives the same run. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Takes down every exchange on the serial line; <c>null</c> (default) takes down nothing.</summary>
    public TranscriptRecorder? Recorder { get; init; }

    /// <summary>What AT+CIPSTART and AT+CIPOPEN connect to. Default: real sockets.</summary>
    public IVirtualNetwork Network { get; init; } = SocketNetwork.Direct;

    /// <summary>The clock. A <see cref="VirtualClock"/> makes a week pass in seconds.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where commands and events are logged, without payloads and secrets.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// A model in a network such as it meets: 2G with a round trip of 600 ms for the SIM800L, Cat-M with 300 ms for the SIM7000G, LTE Cat-1
    /// with 80 ms for the others. On 2G the serial line alone limits the rate, on the others the category does.
    /// </summary>
    public static VirtualModemOptions For(VirtualModemModel model)
    {
        var network = ModemModel.Of(model).Network;
        return new VirtualModemOptions
        {
            Model = model,
            RoundTripTime = network.RoundTripTime,
            UplinkKbps = network.UplinkKbps,
            DownlinkKbps = network.DownlinkKbps,
        };
    }

    /// <exception cref="ArgumentException">A value makes no sense.</exception>
    internal static void Validate(VirtualModemOptions options)
    {
        var wrong = options switch
        {
            { BaudRate: <= 0 } => "BaudRate must be positive.",
            { Model: var model } when !Enum.IsDefined(model) => "Model must be one of those VirtualModemModel names.",
            { RoundTripTime: var time } when time < TimeSpan.Zero => "RoundTripTime must not be negative.",
            { RoundTripJitter: var jitter } when jitter < TimeSpan.Zero => "RoundTripJitter must not be negative.",
            { CommandDelay: var delay } when delay < TimeSpan.Zero => "CommandDelay must not be negative.",
            { SendBufferSize: < 1460 } or { ReceiveBufferSize: < 1460 } => "A buffer must hold a segment of 1460 bytes.",
            { UplinkKbps: <= 0 } or { DownlinkKbps: <= 0 } => "A rate must be positive.",
            { Pin: { } pin } when pin.Length is < 4 or > 8 || !pin.All(char.IsAsciiDigit) => "Pin must be four to eight digits.",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new ArgumentException(wrong, nameof(options));
        }
    }
}
