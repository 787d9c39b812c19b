namespace Sim800.Benchmarks.Link;

/// <summary>The limit of a scenario, from first principles.</summary>
internal static class LinkLimit
{
    /// <summary>
    /// So many flights out, each answered after a round trip by a flight in: every flight costs one CIPSEND exchange, the round
    /// trip, the announcement and one CIPRXGET exchange at least, and the bytes cost the line.
    /// </summary>
    internal static TimeSpan Conversation(int flights, LinkCounts counts, LinkConditions conditions)
    {
        var sends = Math.Max(flights, Ceiling(counts.TcpBytesSent, CipExchange.MaxSend));
        var reads = Math.Max(flights, Ceiling(counts.TcpBytesReceived, CipExchange.MaxReceive));
        return (flights * (conditions.RoundTripTime + CipExchange.Announcement(conditions)))
            + Spread(sends, counts.TcpBytesSent, conditions, CipExchange.Send)
            + Spread(reads, counts.TcpBytesReceived, conditions, CipExchange.Receive);
    }

    /// <summary>
    /// A conversation on a connection that must be opened first: a round trip for the name and one for TCP, and every command line
    /// with its answer costs the line and the modem's thinking.
    /// </summary>
    internal static TimeSpan Reopen(int flights, LinkCounts counts, LinkConditions conditions) =>
        ((flights + 2) * conditions.RoundTripTime) + Exchanges(counts, conditions);

    /// <summary>The same with a round trip for the data connection before it.</summary>
    internal static TimeSpan BringUp(int flights, LinkCounts counts, LinkConditions conditions) =>
        Reopen(flights, counts, conditions) + conditions.RoundTripTime;

    private static TimeSpan Exchanges(LinkCounts counts, LinkConditions conditions) =>
        conditions.OnTheLine(counts.UartBytesFromHost + counts.UartBytesToHost)
        + ((counts.CommandLines + counts.CipSends) * conditions.CommandDelay);

    private static TimeSpan Spread(long exchanges, long bytes, LinkConditions conditions, Func<int, LinkConditions, TimeSpan> one)
    {
        var (each, rest) = Math.DivRem(bytes, exchanges);
        return (exchanges * one((int)each, conditions)) + conditions.OnTheLine(rest);
    }

    private static long Ceiling(long bytes, int most) => (bytes + most - 1) / most;
}
