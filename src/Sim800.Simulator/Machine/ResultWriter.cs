using System.Globalization;
using System.Text;
using Sim800.Simulator.Line;

namespace Sim800.Simulator.Machine;

/// <summary>The frames around what the modem says (V.250 5.7): <c>CR LF text CR LF</c>, or the short form after ATV0.</summary>
internal sealed class ResultWriter(SerialPort line, Func<Profile> profile, string prompt)
{
    internal void Raw(ReadOnlySpan<byte> bytes) => line.Write(bytes);

    internal void Raw(string text) => line.Write(Encoding.Latin1.GetBytes(text));

    internal void Information(string text) => Raw(profile().Verbose ? $"\r\n{text}\r\n" : $"{text}\r\n");

    /// <summary>Several lines of one answer: only the first has a leading CR LF.</summary>
    internal void Information(IEnumerable<string> lines) => Information(string.Join("\r\n", lines));

    internal void Unsolicited(string text) => Raw($"\r\n{text}\r\n");

    /// <summary>RING is a result code (V.250 5.7.1): 2 after ATV0. Its extended form has no number.</summary>
    internal void Ring(string text)
    {
        if (text is "RING" && !profile().Verbose)
        {
            Raw("2\r");
        }
        else
        {
            Unsolicited(text);
        }
    }

    internal void Prompt() => Raw(prompt);

    internal void Final(CommandOutcome outcome)
    {
        if (outcome.Kind is CommandOutcomeKind.Said or CommandOutcomeKind.Pending or CommandOutcomeKind.Silent || profile().Quiet)
        {
            return;
        }

        Raw(profile().Verbose ? $"\r\n{Words(outcome)}\r\n" : Digits(outcome));
    }

    private string Words(CommandOutcome outcome) => outcome.Kind switch
    {
        CommandOutcomeKind.Ok => "OK",
        CommandOutcomeKind.Connect => "CONNECT",
        CommandOutcomeKind.NoCarrier => "NO CARRIER",
        CommandOutcomeKind.NoDialTone => "NO DIALTONE",
        CommandOutcomeKind.Busy => "BUSY",
        CommandOutcomeKind.NoAnswer => "NO ANSWER",
        CommandOutcomeKind.CmeError when profile().ErrorReport == 1 => Numbered("+CME ERROR: ", outcome.Code),
        CommandOutcomeKind.CmeError when profile().ErrorReport == 2 => "+CME ERROR: " + CmeErrorText.Of(outcome.Code),
        CommandOutcomeKind.CmsError when profile().ErrorReport > 0 => Numbered("+CMS ERROR: ", outcome.Code),
        _ => "ERROR",
    };

    private string Digits(CommandOutcome outcome) => outcome.Kind switch
    {
        CommandOutcomeKind.Ok => "0\r",
        CommandOutcomeKind.Connect => "1\r",
        CommandOutcomeKind.NoCarrier => "3\r",
        CommandOutcomeKind.NoDialTone => "6\r",
        CommandOutcomeKind.Busy => "7\r",
        CommandOutcomeKind.NoAnswer => "8\r",
        _ => Words(outcome) is var words and not "ERROR" ? $"{words}\r\n" : "4\r",
    };

    private static string Numbered(string prefix, int code) => prefix + code.ToString(CultureInfo.InvariantCulture);
}
