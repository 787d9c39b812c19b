using System.Globalization;

namespace Sim800.Benchmarks.Link;

/// <summary>
/// What one CIPSEND and one CIPRXGET cost at least, counted from the bytes that the modem's manual demands:
/// in multi-link mode, quick send, manual receive, echo off.
/// </summary>
internal static class CipExchange
{
    /// <summary>The most that one CIPSEND carries.</summary>
    internal const int MaxSend = 1460;

    /// <summary>The most that one CIPRXGET answers.</summary>
    internal const int MaxReceive = 1460;

    private const string Prompt = "\r\n> ";
    private const string Ok = "\r\nOK\r\n";

    /// <summary>Command, thinking, prompt, payload, thinking, DATA ACCEPT.</summary>
    internal static TimeSpan Send(int bytes, LinkConditions conditions) =>
        conditions.OnTheLine($"AT+CIPSEND=0,{Text(bytes)}\r".Length + Prompt.Length + bytes + $"\r\nDATA ACCEPT:0,{Text(bytes)}\r\n".Length)
        + (2 * conditions.CommandDelay);

    /// <summary>Command, thinking, header, payload, OK.</summary>
    internal static TimeSpan Receive(int bytes, LinkConditions conditions) =>
        conditions.OnTheLine($"AT+CIPRXGET=2,0,{Text(MaxReceive)}\r".Length + $"\r\n+CIPRXGET: 2,0,{Text(bytes)},0\r\n".Length + bytes + Ok.Length)
        + conditions.CommandDelay;

    /// <summary>The line that tells of data.</summary>
    internal static TimeSpan Announcement(LinkConditions conditions) =>
        conditions.OnTheLine("\r\n+CIPRXGET: 1,0\r\n".Length);

    /// <summary>As many full CIPSENDs as <paramref name="bytes"/> need.</summary>
    internal static TimeSpan SendAll(long bytes, LinkConditions conditions) => All(bytes, MaxSend, conditions, Send);

    /// <summary>As many full CIPRXGETs as <paramref name="bytes"/> need.</summary>
    internal static TimeSpan ReceiveAll(long bytes, LinkConditions conditions) => All(bytes, MaxReceive, conditions, Receive);

    private static TimeSpan All(long bytes, int most, LinkConditions conditions, Func<int, LinkConditions, TimeSpan> one)
    {
        var (full, rest) = Math.DivRem(bytes, most);
        return (full * one(most, conditions)) + (rest > 0 ? one((int)rest, conditions) : TimeSpan.Zero);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
