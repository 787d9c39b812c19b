using System.Runtime.InteropServices;
using Sim800.Modem.Alphabets;

namespace Sim800.Modem.Sms;

/// <summary>The header in front of the user data (3GPP TS 23.040 §9.2.3.24).</summary>
internal static class SmsUserDataHeader
{
    /// <summary>Octets of the header that <see cref="Write"/> makes, its length octet included.</summary>
    internal const int ConcatenationLength = 6;

    private const byte Concatenated8 = 0x00;
    private const byte Concatenated16 = 0x08;
    private const byte SingleShift = 0x24;
    private const byte LockingShift = 0x25;

    /// <summary>Concatenation with an 8 bit reference.</summary>
    internal static byte[] Write(SmsConcatenation part) =>
        [ConcatenationLength - 1, Concatenated8, 3, (byte)part.Reference, (byte)part.Total, (byte)part.Number];

    /// <summary>Finds the concatenation and the languages among the information elements; the others are passed over.</summary>
    /// <param name="elements">The header without its length octet.</param>
    /// <param name="languages">The national language tables of the text.</param>
    /// <returns>The concatenation; <c>null</c> when there is none, or none that makes sense.</returns>
    internal static SmsConcatenation? Read(ReadOnlySpan<byte> elements, out SmsLanguages languages)
    {
        SmsConcatenation? found = null;
        languages = default;
        while (elements.Length >= 2 && elements.Length >= 2 + elements[1])
        {
            var data = elements.Slice(2, elements[1]);
            found = ReadElement(elements[0], data) ?? found; // "the last occurrence" counts
            languages = (elements[0], data.Length) switch
            {
                (SingleShift, 1) => languages with { Single = data[0] },
                (LockingShift, 1) => languages with { Locking = data[0] },
                _ => languages,
            };
            elements = elements[(2 + data.Length)..];
        }

        return found;
    }

    private static SmsConcatenation? ReadElement(byte identifier, ReadOnlySpan<byte> data)
    {
        var part = (identifier, data.Length) switch
        {
            (Concatenated8, 3) => new SmsConcatenation(data[0], data[1], data[2]),
            (Concatenated16, 4) => new SmsConcatenation(0x100 + (data[0] << 8) + data[1], data[2], data[3]),
            _ => default,
        };
        return part.Number >= 1 && part.Number <= part.Total ? part : null;
    }
}

/// <summary>Which part of a long message a segment is (3GPP TS 23.040 §9.2.3.24.1 and §9.2.3.24.8).</summary>
/// <param name="Reference">The same in all parts.</param>
/// <param name="Total">How many parts, 1 to 255.</param>
/// <param name="Number">Which one, 1 to <paramref name="Total"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SmsConcatenation(int Reference, int Total, int Number);
