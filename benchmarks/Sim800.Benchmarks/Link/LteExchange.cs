namespace Sim800.Benchmarks.Link;

/// <summary>
/// What AT+CIPSEND and AT+CIPRXGET cost at least on an LTE module, counted from the bytes that its manual demands: manual receive, echo off. The host
/// waits for the outcome of a send, <c>+CIPSEND</c>, before the next command.
/// </summary>
internal static class LteExchange
{
    /// <summary>The most that one CIPSEND carries, and the most that one CIPRXGET answers.</summary>
    internal const int Most = 1500;

    // Length fields are counted apart: see LeastDigits.
    private const string SendCommand = "AT+CIPSEND=0,\r";
    private const string Prompt = "\r\n>";
    private const string Accepted = "\r\nOK\r\n\r\n+CIPSEND: 0,,\r\n";
    private const string ReceiveCommand = "AT+CIPRXGET=2,0,1500\r";
    private const string Received = "\r\n+CIPRXGET: 2,0,,0\r\n";
    private const string Ok = "\r\nOK\r\n";

    /// <summary>How many exchanges so many bytes need.</summary>
    internal static long LeastExchanges(long bytes) => (bytes + Most - 1) / Most;

    /// <summary>Command, thinking, prompt, payload, thinking: until the modem has <paramref name="bytes"/>, and has said so of all but the last.</summary>
    /// <param name="bytes">All of them.</param>
    /// <param name="exchanges">How many exchanges at least, besides what the bytes need.</param>
    /// <param name="unheard">Of so many exchanges nobody waits for the outcome.</param>
    /// <param name="conditions">The line.</param>
    internal static TimeSpan Send(long bytes, long exchanges, long unheard, LinkConditions conditions)
    {
        var count = Math.Max(exchanges, LeastExchanges(bytes));
        var digits = LeastDigits(bytes, count);
        return conditions.OnTheLine((count * (SendCommand.Length + Prompt.Length)) + digits + bytes)
            + (2 * count * conditions.CommandDelay)
            + conditions.OnTheLine(((count - unheard) * Accepted.Length) + Math.Max(0, 2 * (digits - (4 * unheard))));
    }

    /// <summary>The lines with which the modem takes a payload.</summary>
    internal static TimeSpan Acceptance(LinkConditions conditions) => conditions.OnTheLine(Accepted.Length + 2);

    /// <summary>The line that tells of data.</summary>
    internal static TimeSpan Announcement(LinkConditions conditions) => conditions.OnTheLine("\r\n+CIPRXGET: 1,0\r\n".Length);

    /// <summary>Command, thinking, header, payload, OK: until the host has <paramref name="bytes"/>.</summary>
    internal static TimeSpan Receive(long bytes, long exchanges, LinkConditions conditions)
    {
        var count = Math.Max(exchanges, LeastExchanges(bytes));
        return conditions.OnTheLine((count * (ReceiveCommand.Length + Received.Length + Ok.Length)) + LeastDigits(bytes, count) + bytes)
            + (count * conditions.CommandDelay);
    }

    /// <summary>Decimal digits that the lengths of so many exchanges have together, however the bytes are divided: what the shorter ones cannot hold makes others longer.</summary>
    private static long LeastDigits(long bytes, long exchanges)
    {
        var digits = exchanges;
        for (var shorter = 9; shorter < Most; shorter = (shorter * 10) + 9)
        {
            var rest = bytes - (exchanges * shorter);
            digits += Math.Max(0, (rest + Most - shorter - 1) / (Most - shorter));
        }

        return digits;
    }
}
