namespace Sim800.Benchmarks.Link;

/// <summary>
/// The limit of a scenario, from first principles. A lower bound in the strict sense: what may overlap is counted once, and what a
/// better client could do without is not counted at all, so no run can be faster. Computed twice: for the bytes that the protocols need
/// (<see cref="Least.LeastTraffic"/>), which is the limit, and for those that were sent, which tells how much of the difference is bytes.
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
    internal static TimeSpan Conversation(int flights, LinkTraffic traffic, LinkConditions conditions)
    {
        var sending = conditions.Exchange.Send(traffic.Up, flights, unheard: flights, conditions);
        var overTheAir = conditions.Up(traffic.Up);
        var reading = (flights * CipExchange.Announcement(conditions)) + conditions.Exchange.Receive(traffic.Down, flights, conditions);
        return (traffic.CipSends == flights ? sending + overTheAir : Longest(sending, overTheAir))
            + (flights * Longest(conditions.RoundTripTime, conditions.Exchange.Acceptance(conditions)))
            + Longest(reading, conditions.Down(traffic.Down));
    }

    /// <summary>
    /// A conversation on a connection that must be opened first: a round trip for the name and one for TCP, behind CIPSTART, whose OK
    /// overlaps with them.
    /// </summary>
    internal static TimeSpan Reopen(int flights, LinkTraffic traffic, LinkConditions conditions) =>
        conditions.OnTheLine($"AT+CIPSTART=0,\"TCP\",\"{LinkRig.Host}\",8883\r".Length) + conditions.CommandDelay
        + Longest(2 * conditions.RoundTripTime, conditions.OnTheLine(Ok.Length))
        + conditions.OnTheLine("\r\n0, CONNECT OK\r\n".Length)
        + Conversation(flights, traffic, conditions);

    /// <summary>
    /// The same with the data connection before it, on a modem whose IP stack is in its first state: how links are used, the access
    /// point, the context (a round trip), the address.
    /// </summary>
    internal static TimeSpan BringUp(int flights, LinkTraffic traffic, LinkConditions conditions)
    {
        (string Command, string Answer)[] least =
        [
            ("AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1\r", Ok),
            ("AT+CSTT=\"internet\"\r", Ok),
            ("AT+CIICR\r", Ok),
            ("AT+CIFSR\r", "\r\n1.1.1.1\r\n"),
        ];
        return conditions.OnTheLine(least.Sum(exchange => exchange.Command.Length + exchange.Answer.Length))
            + (least.Length * conditions.CommandDelay) + conditions.RoundTripTime
            + Reopen(flights, traffic, conditions);
    }

    /// <summary>A modem that is registered already has to be told that its echo is not wanted, and nothing else.</summary>
    internal static TimeSpan Start(LinkConditions conditions) =>
        conditions.OnTheLine("ATE0\rATE0\r".Length + Ok.Length) + conditions.CommandDelay;

    /// <summary>A message that nobody answers, until the server has it.</summary>
    internal static TimeSpan OneWay(LinkTraffic traffic, LinkConditions conditions) =>
        conditions.Exchange.Send(traffic.Up, exchanges: 1, unheard: 1, conditions)
        + conditions.Up(traffic.Up) + (conditions.RoundTripTime / 2);

    /// <summary>Bytes out without a pause, until the server has the last: exchange after exchange, a window a round trip, or the radio.</summary>
    internal static TimeSpan Stream(LinkTraffic traffic, LinkConditions conditions) => Longest(
        conditions.Exchange.Send(traffic.Up, exchanges: 1, unheard: 1, conditions),
        WindowAfterWindow(traffic.Up, conditions),
        conditions.Up(traffic.Up)) + (conditions.RoundTripTime / 2);

    /// <summary>A stream out whose last bytes are answered; the other answers may be read while that one is on its way.</summary>
    internal static TimeSpan AnsweredStream(LinkTraffic traffic, LinkConditions conditions)
    {
        var answer = conditions.RoundTripTime + CipExchange.Announcement(conditions) + conditions.Exchange.Receive(1, exchanges: 1, conditions);
        return Longest(
            conditions.Exchange.Send(traffic.Up, exchanges: 1, unheard: 1, conditions)
                + Longest(conditions.Exchange.Receive(traffic.Down, exchanges: 1, conditions), answer),
            WindowAfterWindow(traffic.Up, conditions) + answer,
            conditions.Up(traffic.Up) + answer);
    }

    /// <summary>Bytes in without a pause, the first of them half a round trip away.</summary>
    internal static TimeSpan StreamIn(LinkTraffic traffic, LinkConditions conditions) =>
        (conditions.RoundTripTime / 2) + CipExchange.Announcement(conditions)
        + Longest(
            conditions.Exchange.Receive(traffic.Down, exchanges: 1, conditions),
            WindowAfterWindow(traffic.Down, conditions),
            conditions.Down(traffic.Down));

    /// <summary>Both at once: one command at a time carries one or the other.</summary>
    internal static TimeSpan BothWays(LinkTraffic traffic, LinkConditions conditions) => Longest(
        conditions.Exchange.Send(traffic.Up, exchanges: 1, unheard: 1, conditions)
            + conditions.Exchange.Receive(traffic.Down, exchanges: 1, conditions),
        Stream(traffic, conditions),
        StreamIn(traffic, conditions));

    /// <summary>Transparent mode: the serial line is the connection, so its rate is the limit.</summary>
    internal static TimeSpan Transparent(LinkTraffic traffic, LinkConditions conditions) => Longest(
        conditions.OnTheLine(traffic.Up),
        WindowAfterWindow(traffic.Up, conditions),
        conditions.Up(traffic.Up)) + (conditions.RoundTripTime / 2);

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
