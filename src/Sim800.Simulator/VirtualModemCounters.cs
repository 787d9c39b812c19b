using System.Text.Json;

namespace Sim800.Simulator;

/// <summary>What has happened on a <see cref="VirtualModem"/> so far.</summary>
public sealed record VirtualModemCounters
{
    /// <summary>How often each command came, by name without <c>AT</c>: <c>+CIPSEND</c>, <c>E</c>.</summary>
    public required IReadOnlyDictionary<string, long> Commands { get; init; }

    /// <summary>Command lines, each of one or more commands.</summary>
    public required long CommandLines { get; init; }

    /// <summary>Bytes from the host on the serial line.</summary>
    public required long UartBytesFromHost { get; init; }

    /// <summary>Bytes to the host on the serial line.</summary>
    public required long UartBytesToHost { get; init; }

    /// <summary>TCP payload to servers.</summary>
    public required long TcpBytesSent { get; init; }

    /// <summary>TCP payload from servers.</summary>
    public required long TcpBytesReceived { get; init; }

    /// <summary>AT+CIPSEND commands that offer a payload.</summary>
    public required long CipSends { get; init; }

    /// <summary>AT+CIPRXGET commands that read (modes 2 and 3).</summary>
    public required long CipRxGetReads { get; init; }

    /// <summary>Waits for a server: payload came after payload had been sent. Opening a connection is not counted.</summary>
    public required long RoundTrips { get; init; }

    /// <summary>TCP connections opened.</summary>
    public required long Connections { get; init; }

    /// <summary>Boots: at power-on, by AT+CFUN=1,1, by faults.</summary>
    public required long Boots { get; init; }

    /// <summary>Bytes the host lost because it did not read and held no flow control.</summary>
    public required long HostOverrunBytes { get; init; }

    /// <summary>The counters as one JSON object on one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CountersJsonContext.Readable.VirtualModemCounters);
}
