using System.Text;
using Sim800.Modem.Alphabets;
using Sim800.Modem.At;

namespace Sim800.Modem.Sms;

/// <summary>The one-line answers and announcements about short messages.</summary>
internal static class SmsText
{
    private const int MaxMemory = 4;

    /// <summary>Reads the message reference of <c>+CMGS: 12</c>, 0 to 255.</summary>
    internal static bool TryReadReference(string line, out int reference) =>
        new AtArguments(Encoding.Latin1.GetBytes(line)).TryReadInt(out reference) && reference is >= 0 and <= 255;

    /// <summary>Whether it is the name of a memory, such as <c>SM</c> or <c>ME_P</c>.</summary>
    internal static bool IsMemory(string name) =>
        name.Length is >= 2 and <= MaxMemory && name.All(character => char.IsAsciiLetterUpper(character) || character == '_');

    /// <summary>Reads where a message was stored: <c>+CMTI: "SM",3</c>, or <c>+CDSI</c> for a report.</summary>
    internal static bool TryReadStored(string line, string prefix, out SmsPlace place)
    {
        place = default;
        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        if (!line.StartsWith(prefix, StringComparison.Ordinal)
            || !arguments.TryReadText(out var name) || !arguments.TryReadInt(out var index) || index < 0)
        {
            return false;
        }

        var memory = CharacterSet.Unknown.Decode(name); // hexadecimal when another program has left UCS2
        place = new SmsPlace(IsMemory(memory) ? memory : null, index);
        return true;
    }

    /// <summary>Finds the PDU of a message that was passed on without being stored: <c>+CMT: ,24</c> and a second line, or <c>+CDS</c>.</summary>
    internal static bool TryReadDirect(string lines, string prefix, out string pdu)
    {
        var end = lines.IndexOf('\n', StringComparison.Ordinal);
        pdu = end < 0 ? "" : lines[(end + 1)..].Trim();
        return lines.StartsWith(prefix, StringComparison.Ordinal) && CharacterSet.IsHex(pdu);
    }
}
