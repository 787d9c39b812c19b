using System.Formats.Asn1;

namespace Sim800.Tls.Tests.Certificates.Making;

/// <summary>DER by hand, right or wrong.</summary>
internal static class Der
{
    internal static byte[] Write(Action<AsnWriter> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        content(writer);
        return writer.Encode();
    }

    internal static byte[] Sequence(Action<AsnWriter> content) => Write(writer =>
    {
        using (writer.PushSequence())
        {
            content(writer);
        }
    });

    internal static Asn1Tag Context(int number, bool isConstructed = false) => new(TagClass.ContextSpecific, number, isConstructed);

    /// <summary>Tag, definite length, content.</summary>
    internal static byte[] Raw(byte tag, params byte[] content) => content.Length switch
    {
        < 0x80 => [tag, (byte)content.Length, .. content],
        < 0x100 => [tag, 0x81, (byte)content.Length, .. content],
        _ => [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content],
    };
}
