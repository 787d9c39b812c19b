namespace Sim800.Benchmarks.Link;

/// <summary>
/// The limit of a scenario, from first principles. A lower bound in the strict sense: what may overlap is counted once, and what a
/// better client could do without is not counted at all, so no run can be faster.
/// </summary>
internal static class LinkLimit
{
    /// <summary>What the virtual modem keeps of a stream that is not acknowledged yet, and of one that is not read yet.</summary>
    private const int Window = 32 * 1024;

    private const string Ok = "\r\nOK\r\n";

    /// <summary>
    /// So many flights out, each answered by a flight in. A flight is with the modem after one CIPSEND exchange at least; the modem's
    /// word for it and the round trip overlap; then come the announcement and one CIPRXGET exchange at least. The bytes cost the line
    /// and the radio.
    /// </summary>
    internal static TimeSpan Conversation(int flights, LinkCounts counts, LinkConditions conditions)
    {
        var sending = CipExchange.Send(counts.TcpBytesSent, flights, unheard: flights, conditions);
        var overTheAir = conditions.Up(counts.TcpBytesSent);
        var reading = (flights * CipExchange.Announcement(conditions)) + CipExchange.Receive(counts.TcpBytesReceived, flights, conditions);
        return (counts.CipSends == flights ? sending + overTheAir : Longest(sending, overTheAir))
            + (flights * Longest(conditions.RoundTripTime, CipExchange.Acceptance(conditions)))
            + Longest(reading, conditions.Down(counts.TcpBytesReceived));
    }

    /// <summary>
    /// A conversation on a connection that must be opened first: a round trip for the name and one for TCP, behind CIPSTART, whose OK
    /// overlaps with them.
    /// </summary>
    internal static TimeSpan Reopen(int flights, LinkCounts counts, LinkConditions conditions) =>
        conditions.OnTheLine($"AT+CIPSTART=0,\"TCP\",\"{LinkRig.Host}\",8883\r".Length) + conditions.CommandDelay
        + Longest(2 * conditions.RoundTripTime, conditions.OnTheLine(Ok.Length))
        + conditions.OnTheLine("\r\n0, CONNECT OK\r\n".Length)
        + Conversation(flights, counts, conditions);

    /// <summary>
    /// The same with the data connection before it, in the commands that the reference calls the least: an IP stack in its first
    /// state, multi-link mode, the access point, the context (a round trip), the address.
    /// </summary>
    internal static TimeSpan BringUp(int flights, LinkCounts counts, LinkConditions conditions)
    {
        (string Command, string Answer)[] least =
        [
            ("AT+CIPSHUT\r", "\r\nSHUT OK\r\n"),
            ("AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1\r", Ok),
            ("AT+CSTT=\"internet\",\"\",\"\"\r", Ok),
            ("AT+CIICR\r", Ok),
            ("AT+CIFSR\r", "\r\n1.1.1.1\r\n"),
        ];
        return conditions.OnTheLine(least.Sum(exchange => exchange.Command.Length + exchange.Answer.Length))
            + (least.Length * conditions.CommandDelay) + conditions.RoundTripTime
            + Reopen(flights, counts, conditions);
    }

    /// <summary>A message that nobody answers, until the server has it.</summary>
    internal static TimeSpan OneWay(LinkCounts counts, LinkConditions conditions) =>
        CipExchange.Send(counts.TcpBytesSent, exchanges: 1, unheard: 1, conditions)
        + conditions.Up(counts.TcpBytesSent) + (conditions.RoundTripTime / 2);

    /// <summary>Bytes out without a pause: exchange after exchange, a window a round trip, or the radio, behind which the window is full.</summary>
    internal static TimeSpan Stream(LinkCounts counts, LinkConditions conditions) => Longest(
        CipExchange.Send(counts.TcpBytesSent, exchanges: 1, unheard: 1, conditions),
        WindowAfterWindow(counts.TcpBytesSent, conditions),
        conditions.Up(counts.TcpBytesSent - Window));

    /// <summary>A stream out whose last bytes are answered; the other answers may be read while that one is on its way.</summary>
    internal static TimeSpan AnsweredStream(LinkCounts counts, LinkConditions conditions)
    {
        var answer = conditions.RoundTripTime + CipExchange.Announcement(conditions) + CipExchange.Receive(1, exchanges: 1, conditions);
        return Longest(
            CipExchange.Send(counts.TcpBytesSent, exchanges: 1, unheard: 1, conditions)
                + Longest(CipExchange.Receive(counts.TcpBytesReceived, exchanges: 1, conditions), answer),
            WindowAfterWindow(counts.TcpBytesSent, conditions) + answer,
            conditions.Up(counts.TcpBytesSent) + answer);
    }

    /// <summary>Bytes in without a pause, the first of them half a round trip away.</summary>
    internal static TimeSpan StreamIn(LinkCounts counts, LinkConditions conditions) =>
        (conditions.RoundTripTime / 2) + CipExchange.Announcement(conditions)
        + Longest(
            CipExchange.Receive(counts.TcpBytesReceived, exchanges: 1, conditions),
            WindowAfterWindow(counts.TcpBytesReceived, conditions),
            conditions.Down(counts.TcpBytesReceived));

    /// <summary>Both at once: one command at a time carries one or the other.</summary>
    internal static TimeSpan BothWays(LinkCounts counts, LinkConditions conditions) => Longest(
        CipExchange.Send(counts.TcpBytesSent, exchanges: 1, unheard: 1, conditions)
            + CipExchange.Receive(counts.TcpBytesReceived, exchanges: 1, conditions),
        Stream(counts, conditions),
        StreamIn(counts, conditions));

    /// <summary>Transparent mode: the serial line is the connection, so its rate is the limit.</summary>
    internal static TimeSpan Transparent(LinkCounts counts, LinkConditions conditions) => Longest(
        conditions.OnTheLine(counts.TcpBytesSent),
        WindowAfterWindow(counts.TcpBytesSent, conditions),
        conditions.Up(counts.TcpBytesSent)) + (conditions.RoundTripTime / 2);

    /// <summary>No more than a window is under way at a time: the next is a round trip later.</summary>
    private static TimeSpan WindowAfterWindow(long bytes, LinkConditions conditions) =>
        Math.Max(0, ((bytes + Window - 1) / Window) - 1) * conditions.RoundTripTime;

    private static TimeSpan Longest(params ReadOnlySpan<TimeSpan> times)
    {
        var longest = TimeSpan.Zero;
        foreach (var time in times)
        {
            longest = time > longest ? time : longest;
        }

        return longest;
    }
}
