namespace Sim800.Benchmarks.Link;

/// <summary>
/// What CIPSEND and CIPRXGET cost at least on modems of one family, counted from the bytes that their manual demands: in multi-link mode, quick
/// send, manual receive, echo off. The host waits for each outcome before the next command (SIM800: 1.4.5).
/// </summary>
internal sealed class CipExchange
{
    // Length fields are counted apart: see LeastDigits.
    private const string SendCommand = "AT+CIPSEND=0,\r";
    private const string Received = "\r\n+CIPRXGET: 2,0,,0\r\n";
    private const string Ok = "\r\nOK\r\n";

    private CipExchange()
    {
    }

    internal static CipExchange Sim800 { get; } = new() { Most = 1460, Prompt = "\r\n> ", Accepted = "\r\nDATA ACCEPT:0,\r\n", AcceptedLengths = 1 };

    /// <summary>The outcome of a send says how many bytes were asked for and how many were taken.</summary>
    internal static CipExchange SimcomLte { get; } = new() { Most = 1500, Prompt = "\r\n>", Accepted = "\r\nOK\r\n\r\n+CIPSEND: 0,,\r\n", AcceptedLengths = 2 };

    /// <summary>The most that one CIPSEND carries, and the most that one CIPRXGET answers.</summary>
    private int Most { get; init; }

    private string Prompt { get; init; } = "";

    private string Accepted { get; init; } = "";

    /// <summary>How many lengths <see cref="Accepted"/> has.</summary>
    private int AcceptedLengths { get; init; }

    private string ReceiveCommand => $"AT+CIPRXGET=2,0,{Most}\r";

    /// <summary>How many exchanges so many bytes need.</summary>
    internal long LeastExchanges(long bytes) => (bytes + Most - 1) / Most;

    /// <summary>Command, thinking, prompt, payload, thinking: until the modem has <paramref name="bytes"/>, and has said so of all but the last.</summary>
    /// <param name="bytes">All of them.</param>
    /// <param name="exchanges">How many exchanges at least, besides what the bytes need.</param>
    /// <param name="unheard">Of so many exchanges nobody waits for the outcome.</param>
    /// <param name="conditions">The line.</param>
    internal TimeSpan Send(long bytes, long exchanges, long unheard, LinkConditions conditions)
    {
        var count = Math.Max(exchanges, LeastExchanges(bytes));
        var digits = LeastDigits(bytes, count);
        return conditions.OnTheLine((count * (SendCommand.Length + Prompt.Length)) + digits + bytes)
            + (2 * count * conditions.CommandDelay)
            + conditions.OnTheLine(((count - unheard) * Accepted.Length) + (AcceptedLengths * Math.Max(0, digits - (4 * unheard))));
    }

    /// <summary>The line with which the modem takes a payload.</summary>
    internal TimeSpan Acceptance(LinkConditions conditions) => conditions.OnTheLine(Accepted.Length + AcceptedLengths);

    /// <summary>The line that tells of data.</summary>
    internal static TimeSpan Announcement(LinkConditions conditions) =>
        conditions.OnTheLine("\r\n+CIPRXGET: 1,0\r\n".Length);

    /// <summary>Command, thinking, header, payload, OK: until the host has <paramref name="bytes"/>.</summary>
    internal TimeSpan Receive(long bytes, long exchanges, LinkConditions conditions)
    {
        var count = Math.Max(exchanges, LeastExchanges(bytes));
        return conditions.OnTheLine((count * (ReceiveCommand.Length + Received.Length + Ok.Length)) + LeastDigits(bytes, count) + bytes)
            + (count * conditions.CommandDelay);
    }

    /// <summary>
    /// Decimal digits that the lengths of so many exchanges have together, however the bytes are divided: of n exchanges, so many must
    /// carry 1000 bytes and more, so many 100 and more, so many 10 and more, as the others cannot hold the rest.
    /// </summary>
    private long LeastDigits(long bytes, long exchanges)
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
