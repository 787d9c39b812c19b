using System.Net;
using Sim800.Modem;

namespace Sim800.Cli.Options;

/// <summary>Which modem, and how to get it onto the network.</summary>
internal sealed record LineSettings
{
    public required string Device { get; init; }

    public int BaudRate { get; init; } = 115_200;

    public ModemFamily Family { get; init; }

    public string? Apn { get; init; }

    public string? ApnUser { get; init; }

    public string? ApnPassword { get; init; }

    public string? Pin { get; init; }

    public int? MaxSendSize { get; init; }

    public bool FlowControl { get; init; }

    public IReadOnlyList<IPAddress> DnsServers { get; init; } = [];

    /// <summary>Where it is remembered what has been learnt of the modem.</summary>
    public string? StateFolder { get; init; }

    public TimeSpan? RegistrationTimeout { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{Device} at {BaudRate} baud";
}
