namespace Sim800.Benchmarks.Link;

/// <summary>
/// What CIPSEND and CIPRXGET cost at least, counted from the bytes that the modem's manual demands: in multi-link mode, quick
/// send, manual receive, echo off. The host waits for each final result before the next command (1.4.5).
/// </summary>
internal static class CipExchange
{
    /// <summary>The most that one CIPSEND carries, and the most that one CIPRXGET answers.</summary>
    internal const int Most = 1460;

    // Length fields are counted apart: see LeastDigits.
    private const string SendCommand = "AT+CIPSEND=0,\r";
    private const string Prompt = "\r\n> ";
    private const string Accepted = "\r\nDATA ACCEPT:0,\r\n";
    private const string ReceiveCommand = "AT+CIPRXGET=2,0,1460\r";
    private const string Received = "\r\n+CIPRXGET: 2,0,,0\r\n";
    private const string Ok = "\r\nOK\r\n";

    /// <summary>How many exchanges so many bytes need.</summary>
    internal static long LeastExchanges(long bytes) => (bytes + Most - 1) / Most;

    /// <summary>Command, thinking, prompt, payload, thinking: until the modem has <paramref name="bytes"/>, and has said so of all but the last.</summary>
    /// <param name="bytes">All of them.</param>
    /// <param name="exchanges">How many exchanges at least, besides what the bytes need.</param>
    /// <param name="unheard">Of so many exchanges nobody waits for the answer.</param>
    /// <param name="conditions">The line.</param>
    internal static TimeSpan Send(long bytes, long exchanges, long unheard, LinkConditions conditions)
    {
        var count = Math.Max(exchanges, LeastExchanges(bytes));
        var digits = LeastDigits(bytes, count);
        return conditions.OnTheLine((count * (SendCommand.Length + Prompt.Length)) + digits + bytes)
            + (2 * count * conditions.CommandDelay)
            + conditions.OnTheLine(((count - unheard) * Accepted.Length) + Math.Max(0, digits - (4 * unheard)));
    }

    /// <summary>The line with which the modem takes a payload.</summary>
    internal static TimeSpan Acceptance(LinkConditions conditions) => conditions.OnTheLine(Accepted.Length + 1);

    /// <summary>The line that tells of data.</summary>
    internal static TimeSpan Announcement(LinkConditions conditions) =>
        conditions.OnTheLine("\r\n+CIPRXGET: 1,0\r\n".Length);

    /// <summary>Command, thinking, header, payload, OK: until the host has <paramref name="bytes"/>.</summary>
    internal static TimeSpan Receive(long bytes, long exchanges, LinkConditions conditions)
    {
        var count = Math.Max(exchanges, LeastExchanges(bytes));
        return conditions.OnTheLine((count * (ReceiveCommand.Length + Received.Length + Ok.Length)) + LeastDigits(bytes, count) + bytes)
            + (count * conditions.CommandDelay);
    }

    /// <summary>
    /// Decimal digits that the lengths of so many exchanges have together, however the bytes are divided: of n exchanges, so many must
    /// carry 1000 bytes and more, so many 100 and more, so many 10 and more, as the others cannot hold the rest.
    /// </summary>
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
