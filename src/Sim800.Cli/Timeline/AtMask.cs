using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Sim800.Cli.Timeline;

/// <summary>
/// AT commands and answers as they may be shown to anybody. Shown with their arguments are those that are known to hold nothing personal; of all others
/// only the name is: a command that nobody thought of tells nothing.
/// </summary>
internal static class AtMask
{
    private static readonly FrozenSet<string> Harmless = new[]
    {
        "CIPSEND", "CIPRXGET", "CIPMUX", "CIPQSEND", "CIPSHUT", "CIPCLOSE", "CIPSTATUS", "CIPHEAD", "CIPSRIP", "CIPACK", "CIPATS", "CIPMODE", "CIPCCFG", "CIPSPRT", "CIPSHOWTP",
        "CIICR", "CIFSR", "CREG", "CGREG", "CGATT", "CGACT", "CSQ", "CBC", "CFUN", "CMEE", "IPR", "IFC", "CSCLK", "CCLK", "CLTS", "COPS", "CMGF", "CNMI", "CSCS", "CNTP", "CNTPCID",
        "CPMS", "CSMP", "CPIN?", "CIPSSL", "CIPTKA", "CIPRDTIMER", "NETOPEN", "CEREG", "CIPSENDMODE", "CIPTIMEOUT", "CTCPKA", "CTZR", "CTZU", "CNMP", "CMNB", "CPSI", "IPREX",
        "CGDCONT?", "CVALARM", "CPMVT",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Results = new[]
    {
        "OK", "ERROR", "SEND OK", "SEND FAIL", "SHUT OK", "CLOSE OK", "CONNECT", "CONNECT OK", "CONNECT FAIL", "ALREADY CONNECT", "NO CARRIER", "BUSY", "NO ANSWER", "NO DIALTONE",
        "CLOSED", "RDY", "Call Ready", "SMS Ready", "NORMAL POWER DOWN", "UNDER-VOLTAGE WARNNING", "UNDER-VOLTAGE POWER DOWN", "OVER-VOLTAGE WARNNING", "OVER-VOLTAGE POWER DOWN",
        "+PDP: DEACT", "RING", "*ATREADY: 1", "SMS DONE", "PB DONE", "UNDER-VOLTAGE WARNNING POWER DOWN", "OVER-VOLTAGE WARNNING POWER DOWN", "+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lines of links and of the service for them: numbers of links, of bytes and of errors.</summary>
    private static readonly string[] OfNumbers =
        ["DATA ACCEPT:", "+CIPRXGET:", "+CIPOPEN:", "+CIPSEND:", "+CIPCLOSE:", "+IPCLOSE:", "+NETOPEN:", "+NETCLOSE:", "+CIPERROR:"];

    private static readonly SearchValues<char> EndOfName = SearchValues.Create("=?; ");
    private static readonly SearchValues<char> Counting = SearchValues.Create(":, -0123456789");
    private static readonly SearchValues<char> Basic = SearchValues.Create("&ABCEFHIKLMNOQSTVWXYZabcefhiklmnoqstvwxyz0123456789");

    /// <summary>A command line without what is nobody's business.</summary>
    internal static string Command(string line)
    {
        var text = line.Trim();
        return text switch
        {
            "A/" => text,
            _ when text.StartsWith("AT+CIPSTART=", StringComparison.OrdinalIgnoreCase) || text.StartsWith("AT+CIPOPEN=", StringComparison.OrdinalIgnoreCase) => HideQuoted(text),
            _ when text.Contains(';') && !text.Contains('"') => string.Join(';', text.Split(';').Select((part, i) => i == 0 ? One(part) : One("AT" + part)[2..])),
            _ => One(text),
        };
    }

    private static string One(string text)
    {
        if (text is "AT" or "at" || IsBasic(text))
        {
            return text;
        }

        if (text.Length < 3 || text[2] is not '+')
        {
            return "AT…";
        }

        var end = text.AsSpan(3).IndexOfAny(EndOfName);
        var name = end < 0 ? text[3..] : text[3..(3 + end)];
        var isHarmless = Harmless.Contains(name) || (text.EndsWith('?') && Harmless.Contains(name + "?"));
        return end < 0 || (isHarmless && !text.Contains('"') && !text.Contains(';')) ? text : $"AT+{name}{text[3 + end]}…";
    }

    /// <summary>A result or what the modem says by itself: the words that everybody's modem says, the number of an error, or the name alone.</summary>
    internal static string Answer(string line)
    {
        var text = line.Trim();
        if (text.Length > 3 && char.IsAsciiDigit(text[0]) && text[1] is ',')
        {
            return $"{text[0]}, {Answer(text[2..])}"; // of one link of several
        }

        if (Results.Contains(text) || IsError(text) || IsCountOfData(text))
        {
            return text;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && text[0] is '+' or '*' ? $"{text[..colon]}: …" : "…";
    }

    private static bool IsError(string text) =>
        (text.StartsWith("+CME ERROR: ", StringComparison.Ordinal) || text.StartsWith("+CMS ERROR: ", StringComparison.Ordinal)
            || text.StartsWith("+IP ERROR: ", StringComparison.Ordinal)) && text.Length < 60;

    private static bool IsCountOfData(string text) =>
        Array.Exists(OfNumbers, text.StartsWith) && text.AsSpan(text.IndexOf(':', StringComparison.Ordinal)).IndexOfAnyExcept(Counting) < 0;

    /// <summary>ATE0, ATI, AT&amp;W, ATZ: letters and digits; not ATD, which is followed by a number.</summary>
    private static bool IsBasic(string text) =>
        text.Length is > 2 and <= 8 && text.StartsWith("AT", StringComparison.OrdinalIgnoreCase) && char.ToUpperInvariant(text[2]) is not 'D'
        && text.AsSpan(2).IndexOfAnyExcept(Basic) < 0;

    private static string HideQuoted(string text)
    {
        var shown = new StringBuilder();
        var isInside = false;
        var first = true; // the protocol, "TCP", is no secret
        foreach (var character in text)
        {
            if (character is '"')
            {
                if (isInside && !first)
                {
                    shown.Append('…');
                }

                first &= !isInside;
                isInside = !isInside;
                shown.Append(character);
            }
            else if (!isInside || first)
            {
                shown.Append(character);
            }
        }

        return shown.ToString();
    }
}
