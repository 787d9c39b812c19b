namespace Sim800.Benchmarks.Link;

/// <summary>The limit of a scenario on an LTE module, from first principles; a lower bound in the same strict sense as <see cref="LinkLimit"/>.</summary>
internal static class LteLimit
{
    /// <summary>What the virtual modem keeps of a stream that is not acknowledged yet, and of one that is not read yet.</summary>
    private const int Window = 32 * 1024;

    /// <summary>So many flights out, each answered by a flight in: the outcome of a send overlaps with the round trip.</summary>
    internal static TimeSpan Conversation(int flights, LinkCounts counts, LinkConditions conditions) =>
        LteExchange.Send(counts.TcpBytesSent, flights, unheard: flights, conditions)
        + (flights * Longest(conditions.RoundTripTime, LteExchange.Acceptance(conditions)))
        + (flights * LteExchange.Announcement(conditions))
        + LteExchange.Receive(counts.TcpBytesReceived, flights, conditions);

    /// <summary>Bytes out without a pause: exchange after exchange, or a window a round trip.</summary>
    internal static TimeSpan Stream(LinkCounts counts, LinkConditions conditions) => Longest(
        LteExchange.Send(counts.TcpBytesSent, exchanges: 1, unheard: 1, conditions), WindowAfterWindow(counts.TcpBytesSent, conditions));

    /// <summary>A stream out whose last bytes are answered; the other answers may be read while that one is on its way.</summary>
    internal static TimeSpan AnsweredStream(LinkCounts counts, LinkConditions conditions)
    {
        var answer = conditions.RoundTripTime + LteExchange.Announcement(conditions) + LteExchange.Receive(1, exchanges: 1, conditions);
        return Longest(
            LteExchange.Send(counts.TcpBytesSent, exchanges: 1, unheard: 1, conditions)
                + Longest(LteExchange.Receive(counts.TcpBytesReceived, exchanges: 1, conditions), answer),
            WindowAfterWindow(counts.TcpBytesSent, conditions) + answer);
    }

    /// <summary>Bytes in without a pause, the first of them half a round trip away.</summary>
    internal static TimeSpan StreamIn(LinkCounts counts, LinkConditions conditions) =>
        (conditions.RoundTripTime / 2) + LteExchange.Announcement(conditions)
        + Longest(LteExchange.Receive(counts.TcpBytesReceived, exchanges: 1, conditions), WindowAfterWindow(counts.TcpBytesReceived, conditions));

    private static TimeSpan WindowAfterWindow(long bytes, LinkConditions conditions) =>
        Math.Max(0, ((bytes + Window - 1) / Window) - 1) * conditions.RoundTripTime;

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
