namespace Sim800.Benchmarks.Link;

/// <summary>The limit of a scenario on an LTE module, from first principles; a lower bound in the same strict sense as <see cref="LinkLimit"/>.</summary>
internal static class LteLimit
{
    /// <summary>What the virtual modem keeps of a stream that is not acknowledged yet, and of one that is not read yet.</summary>
    private const int Window = 32 * 1024;

    /// <summary>So many flights out, each answered by a flight in: the outcome of a send overlaps with the round trip.</summary>
    internal static TimeSpan Conversation(int flights, LinkTraffic traffic, LinkConditions conditions) =>
        LteExchange.Send(traffic.Up, flights, unheard: flights, conditions)
        + (flights * Longest(conditions.RoundTripTime, LteExchange.Acceptance(conditions)))
        + (flights * LteExchange.Announcement(conditions))
        + LteExchange.Receive(traffic.Down, flights, conditions);

    /// <summary>Bytes out without a pause, until the server has the last: exchange after exchange, or a window a round trip.</summary>
    internal static TimeSpan Stream(LinkTraffic traffic, LinkConditions conditions) => Longest(
        LteExchange.Send(traffic.Up, exchanges: 1, unheard: 1, conditions), WindowAfterWindow(traffic.Up, conditions)) + (conditions.RoundTripTime / 2);

    /// <summary>A stream out whose last bytes are answered; the other answers may be read while that one is on its way.</summary>
    internal static TimeSpan AnsweredStream(LinkTraffic traffic, LinkConditions conditions)
    {
        var answer = conditions.RoundTripTime + LteExchange.Announcement(conditions) + LteExchange.Receive(1, exchanges: 1, conditions);
        return Longest(
            LteExchange.Send(traffic.Up, exchanges: 1, unheard: 1, conditions)
                + Longest(LteExchange.Receive(traffic.Down, exchanges: 1, conditions), answer),
            WindowAfterWindow(traffic.Up, conditions) + answer);
    }

    /// <summary>Bytes in without a pause, the first of them half a round trip away.</summary>
    internal static TimeSpan StreamIn(LinkTraffic traffic, LinkConditions conditions) =>
        (conditions.RoundTripTime / 2) + LteExchange.Announcement(conditions)
        + Longest(LteExchange.Receive(traffic.Down, exchanges: 1, conditions), WindowAfterWindow(traffic.Down, conditions));

    private static TimeSpan WindowAfterWindow(long bytes, LinkConditions conditions) =>
        Math.Max(0, ((bytes + Window - 1) / Window) - 1) * conditions.RoundTripTime;

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
