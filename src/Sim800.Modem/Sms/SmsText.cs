using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Sms;

/// <summary>The one-line answers and announcements about short messages.</summary>
internal static class SmsText
{
    /// <summary>Reads the message reference of <c>+CMGS: 12</c>, 0 to 255.</summary>
    internal static bool TryReadReference(string line, out int reference) =>
        new AtArguments(Encoding.Latin1.GetBytes(line)).TryReadInt(out reference) && reference is >= 0 and <= 255;

    /// <summary>Reads where a message was stored: <c>+CMTI: "SM",3</c>.</summary>
    internal static bool TryReadStored(string line, out int index)
    {
        index = -1;
        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        return line.StartsWith("+CMTI:", StringComparison.Ordinal)
            && arguments.TryReadText(out _)
            && arguments.TryReadInt(out index)
            && index >= 0;
    }

    /// <summary>Finds the PDU of a message that was passed on without being stored: <c>+CMT: ,24</c> and a second line.</summary>
    internal static bool TryReadDirect(string lines, out string pdu)
    {
        var end = lines.IndexOf('\n', StringComparison.Ordinal);
        pdu = end < 0 ? "" : lines[(end + 1)..].Trim();
        return lines.StartsWith("+CMT:", StringComparison.Ordinal) && SmsDeliver.IsHex(pdu);
    }
}
