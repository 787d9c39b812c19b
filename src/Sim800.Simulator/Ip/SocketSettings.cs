using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>The settings of the socket service. None of them survives a reboot.</summary>
internal sealed record SocketSettings
{
    /// <summary>AT+CIPMODE=1: transparent mode.</summary>
    internal static readonly NumberSetting Mode = new("+CIPMODE", 0, 1, 0);

    /// <summary>AT+CIPSENDMODE=1: a payload is confirmed when the peer has it.</summary>
    internal static readonly NumberSetting SendMode = new("+CIPSENDMODE", 0, 1, 0);

    /// <summary>AT+CIPHEAD=1: <c>+IPD</c> before pushed data.</summary>
    internal static readonly NumberSetting Head = new("+CIPHEAD", 0, 1, 1);

    /// <summary>AT+CIPSRIP=1: <c>RECV FROM</c> before pushed data.</summary>
    internal static readonly NumberSetting Source = new("+CIPSRIP", 0, 1, 1);

    /// <summary>AT+CIPRXGET=1: data is read by command instead of pushed.</summary>
    internal bool IsManual { get; init; }

    /// <summary>AT+CIPCFG="DATAECHO": payloads are echoed as command lines are.</summary>
    internal bool EchoesPayload { get; init; } = true;

    /// <summary>AT+CIPTIMEOUT in milliseconds: network open, connect, send.</summary>
    internal (int Open, int Connect, int Send) Timeouts { get; init; } = (120_000, 120_000, 120_000);

    /// <summary>AT+CIPCCFG: retries, delay, ack, error mode, header type, asynchronous, retransmission, and the UDP mode of A76xx.</summary>
    internal IReadOnlyList<int> Configuration { get; init; } = [10, 0, 0, 1, 0, 0, 75_000];

    /// <summary>AT+CTCPKA: idle minutes, count, interval in minutes; <c>null</c> is off.</summary>
    internal (int Idle, int Count, int Interval)? Probes { get; init; }

    internal (string Primary, string Secondary) NameServers { get; init; } = ("0.0.0.0", "0.0.0.0");

    internal bool ErrorsInWords => Configuration[3] == 1;

    /// <summary>The second header type, which tells the link.</summary>
    internal bool NumbersPushes => Configuration[4] == 1;

    internal TimeSpan OpenTimeout => TimeSpan.FromMilliseconds(Timeouts.Open);

    internal TimeSpan ConnectTimeout => TimeSpan.FromMilliseconds(Timeouts.Connect);

    internal TimeSpan SendTimeout => TimeSpan.FromMilliseconds(Timeouts.Send);

    internal TimeSpan? KeepAlive => Probes is (var idle, var count, var interval) ? TimeSpan.FromMinutes(idle + (count * interval)) : null;
}
