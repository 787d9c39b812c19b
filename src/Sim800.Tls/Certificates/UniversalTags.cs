using System.Buffers;

namespace Sim800.Tls.Certificates;

/// <summary>Identifier octets of the universal types (X.680 §8.6), constructed where DER has them so.</summary>
internal static class UniversalTags
{
    internal const byte Boolean = 0x01;
    internal const byte Integer = 0x02;
    internal const byte BitString = 0x03;
    internal const byte OctetString = 0x04;
    internal const byte Null = 0x05;
    internal const byte ObjectIdentifier = 0x06;
    internal const byte Enumerated = 0x0A;
    internal const byte Utf8String = 0x0C;
    internal const byte RelativeOid = 0x0D;
    internal const byte NumericString = 0x12;
    internal const byte PrintableString = 0x13;
    internal const byte Ia5String = 0x16;
    internal const byte UtcTime = 0x17;
    internal const byte GeneralizedTime = 0x18;
    internal const byte VisibleString = 0x1A;
    internal const byte UniversalString = 0x1C;
    internal const byte BmpString = 0x1E;
    internal const byte Sequence = 0x30;
    internal const byte Set = 0x31;

    /// <summary>The characters of a NumericString (X.680 §41.2).</summary>
    internal static SearchValues<byte> Numeric { get; } = SearchValues.Create(" 0123456789"u8);

    /// <summary>The characters of a PrintableString (X.680 §41.4).</summary>
    internal static SearchValues<byte> Printable { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?"u8);
}
