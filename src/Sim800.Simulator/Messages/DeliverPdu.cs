using System.Runtime.InteropServices;

namespace Sim800.Simulator.Messages;

/// <summary>Makes the SMS-DELIVERs (23.040 9.2.2.1) of a text, as the sender's telephone and the service centre would.</summary>
internal static class DeliverPdu
{
    /// <summary>The service centre that brings messages: +49171000000.</summary>
    internal const string ServiceCentre = "07919471010000F0";

    /// <summary>Which piece of a long message this is (23.040 9.2.3.24.1).</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Segment(int Reference, int Of, int Number)
    {
        internal byte[] Header => [5, 0, 3, (byte)Reference, (byte)Of, (byte)Number];
    }

    /// <summary>Cuts a text as the sender's telephone would: into what fits one message each.</summary>
    internal static IReadOnlyList<string> Cut(string text)
    {
        Func<char, int> size = DefaultAlphabet.Has(text) ? DefaultAlphabet.SeptetsOf : static _ => 1;
        var (whole, most) = DefaultAlphabet.Has(text) ? (160, 153) : (70, 67);
        if (text.Sum(size) <= whole)
        {
            return [text];
        }

        var pieces = new List<string>();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = EndOfPiece(text, start, most, size);
            pieces.Add(text[start..end]);
        }

        return pieces;
    }

    internal static Tpdu Of(string sender, string text, string time, Segment? segment = null)
    {
        var header = segment?.Header ?? [];
        byte[] octets =
        [
            (byte)(0x04 | (header.Length > 0 ? 0x40 : 0)), // DELIVER, no more messages waiting
            .. PduFields.Address(sender),
            0,
            (byte)(DefaultAlphabet.Has(text) ? 0 : 8),
            .. PduFields.TimeStamp(time),
            .. PduFields.UserData(header, text),
        ];
        return Tpdu.Of(octets)! with { ServiceCentre = ServiceCentre };
    }

    /// <summary>SMS-STATUS-REPORT (23.040 9.2.2.3): the message with that reference has reached its receiver.</summary>
    internal static Tpdu ReportOf(int reference, string receiver, string sent, string delivered)
    {
        byte[] octets =
        [
            0x06, // STATUS-REPORT, no more messages waiting
            (byte)reference,
            .. PduFields.Address(receiver),
            .. PduFields.TimeStamp(sent),
            .. PduFields.TimeStamp(delivered),
            0,
        ];
        return Tpdu.Of(octets)! with { ServiceCentre = ServiceCentre };
    }

    /// <summary>Neither an escape sequence nor a surrogate pair is divided (23.040 9.2.3.24.1).</summary>
    private static int EndOfPiece(string text, int start, int most, Func<char, int> size)
    {
        var end = start;
        for (var used = 0; end < text.Length && used + size(text[end]) <= most; end++)
        {
            used += size(text[end]);
        }

        return end < text.Length && char.IsLowSurrogate(text[end]) ? end - 1 : end;
    }
}
