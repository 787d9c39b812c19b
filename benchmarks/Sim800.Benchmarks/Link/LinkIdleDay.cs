using System.Globalization;
using Sim800.Benchmarks.Link.Least;

namespace Sim800.Benchmarks.Link;

/// <summary>A day in which nothing is said but PINGREQ: what it costs in exchanges, against the fewest.</summary>
/// <param name="Security">What lies below.</param>
/// <param name="KeepAlive">A PINGREQ as often.</param>
/// <param name="Counts">What was counted.</param>
internal sealed record LinkIdleDay(LinkSecurity Security, TimeSpan KeepAlive, LinkCounts Counts)
{
    internal static readonly TimeSpan Length = TimeSpan.FromDays(1);
    private const int Ping = 2;

    /// <summary>PINGREQs that the keep-alive demands.</summary>
    internal long Pings => (long)(Length / KeepAlive);

    /// <summary>Each goes out in one exchange, and its answer comes in in one.</summary>
    internal long LeastExchanges => 2 * Pings;

    /// <summary>Bytes of TCP each way, at least.</summary>
    internal long LeastBytes => Pings * (Ping + LeastTraffic.Overhead(Security));

    internal void Write(TextWriter output) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

        idle day, keep-alive {KeepAlive.TotalMinutes:0} min, {LinkNames.Of(Security)}: {Counts.CommandLines} AT exchanges, of which {LeastExchanges} carry {Pings} pings and their answers
        ({Counts.TcpBytesSent} bytes up where {LeastBytes} is the least, {Counts.TcpBytesReceived} down where {LeastBytes} is); {Counts.CommandLines / Length.TotalSeconds:0.00} exchanges a second,
        the others ask for data whose announcement was lost, and none of them is on the air
        """));
}
