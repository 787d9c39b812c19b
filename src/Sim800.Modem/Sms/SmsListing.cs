using System.Runtime.InteropServices;
using System.Text;
using Sim800.Modem.Alphabets;
using Sim800.Modem.At;

namespace Sim800.Modem.Sms;

/// <summary>A message as the modem's store gives it: a header line and a line with the PDU (3GPP TS 27.005 §4.1, §4.2).</summary>
/// <param name="Index">Where it lies.</param>
/// <param name="Pdu">In hexadecimal; empty when the store gives none.</param>
/// <param name="Memory">The memory that it lies in; <c>null</c> for the one that is selected.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SmsListing(int Index, string Pdu, string? Memory = null)
{
    private const string ListHeader = "+CMGL:";
    private const string ReadHeader = "+CMGR:";

    /// <summary>Stands for a place whose number was damaged on the line.</summary>
    private static readonly SmsListing Unnumbered = new(-1, "");

    internal SmsPlace Place => new(Memory, Index);

    /// <summary>
    /// Reads the answer to AT+CMGL: <c>+CMGL: 3,1,,24</c> and the PDU, for each message. Lines that are neither are passed over; a place whose
    /// PDU is missing or damaged is in the list all the same, because it is taken.
    /// </summary>
    internal static IReadOnlyList<SmsListing> ReadAll(IReadOnlyList<string> lines, string? memory = null)
    {
        var found = new List<SmsListing>();
        foreach (var line in lines)
        {
            if (line.StartsWith(ListHeader, StringComparison.Ordinal))
            {
                if (new AtArguments(Encoding.Latin1.GetBytes(line)).TryReadInt(out var at) && at >= 0)
                {
                    found.Add(new SmsListing(at, "", memory));
                }
                else
                {
                    found.Add(Unnumbered);
                }
            }
            else if (found is [.., { Pdu.Length: 0 } last] && CharacterSet.IsHex(line))
            {
                found[^1] = last with { Pdu = line };
            }
        }

        found.RemoveAll(listing => listing.Index < 0);
        return found;
    }

    /// <summary>Reads the answer to AT+CMGR: <c>+CMGR: 0,,24</c> and the PDU; an empty store position has neither.</summary>
    internal static SmsListing? ReadOne(SmsPlace place, IReadOnlyList<string> lines)
    {
        var behindHeader = lines.SkipWhile(line => !line.StartsWith(ReadHeader, StringComparison.Ordinal)).Skip(1);
        return behindHeader.FirstOrDefault(CharacterSet.IsHex) is { } pdu ? new SmsListing(place.Index, pdu, place.Memory) : null;
    }
}
