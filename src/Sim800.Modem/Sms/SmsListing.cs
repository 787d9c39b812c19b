using System.Runtime.InteropServices;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Sms;

/// <summary>A message as the modem's store gives it: a header line and a line with the PDU (3GPP TS 27.005 §4.1, §4.2).</summary>
/// <param name="Index">Where it lies.</param>
/// <param name="Pdu">In hexadecimal.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SmsListing(int Index, string Pdu)
{
    private const string ListHeader = "+CMGL:";
    private const string ReadHeader = "+CMGR:";

    /// <summary>Reads the answer to AT+CMGL: <c>+CMGL: 3,1,,24</c> and the PDU, for each message. Lines that are neither are passed over.</summary>
    internal static IReadOnlyList<SmsListing> ReadAll(IReadOnlyList<string> lines)
    {
        var found = new List<SmsListing>();
        var index = -1;
        foreach (var line in lines)
        {
            if (line.StartsWith(ListHeader, StringComparison.Ordinal))
            {
                index = new AtArguments(Encoding.Latin1.GetBytes(line)).TryReadInt(out var at) && at >= 0 ? at : -1;
            }
            else if (index >= 0 && SmsDeliver.IsHex(line))
            {
                found.Add(new SmsListing(index, line));
                index = -1;
            }
        }

        return found;
    }

    /// <summary>Reads the answer to AT+CMGR: <c>+CMGR: 0,,24</c> and the PDU; an empty store position has neither.</summary>
    internal static SmsListing? ReadOne(int index, IReadOnlyList<string> lines)
    {
        var behindHeader = lines.SkipWhile(line => !line.StartsWith(ReadHeader, StringComparison.Ordinal)).Skip(1);
        return behindHeader.FirstOrDefault(SmsDeliver.IsHex) is { } pdu ? new SmsListing(index, pdu) : null;
    }
}
