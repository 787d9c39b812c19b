using System.Formats.Asn1;
using System.Text;

namespace Sim800.Tls.Certificates;

/// <summary>A name in a subject alternative name or a name constraint (RFC 5280 §4.2.1.6).</summary>
/// <param name="Form">Which kind.</param>
/// <param name="Value">DNS name: its ASCII octets; IP address: 4 or 16 octets, doubled with a mask in a constraint;
/// directory name: a Name in DER; otherwise the encoded value, which nobody looks at.</param>
internal readonly record struct GeneralName(GeneralNameForm Form, ReadOnlyMemory<byte> Value)
{
    internal static GeneralName Read(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue > (int)GeneralNameForm.RegisteredId)
        {
            throw new AsnContentException("Not a GeneralName.");
        }

        var form = (GeneralNameForm)tag.TagValue;
        return new(form, form switch
        {
            GeneralNameForm.DnsName => Encoding.ASCII.GetBytes(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag)),
            GeneralNameForm.IpAddress => reader.ReadOctetString(tag),
            GeneralNameForm.DirectoryName => ReadDirectoryName(reader, tag),
            _ => reader.ReadEncodedValue(),
        });
    }

    private static ReadOnlyMemory<byte> ReadDirectoryName(AsnReader reader, Asn1Tag tag)
    {
        var wrapper = reader.ReadSequence(tag);
        var name = wrapper.ReadEncodedValue();
        wrapper.ThrowIfNotEmpty();
        _ = DistinguishedName.Canonical(name);
        return name;
    }
}
