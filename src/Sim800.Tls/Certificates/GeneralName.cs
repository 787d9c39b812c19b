using System.Formats.Asn1;
using System.Text;

namespace Sim800.Tls.Certificates;

/// <summary>A name in a subject alternative name or a name constraint (RFC 5280 §4.2.1.6).</summary>
/// <param name="Form">Which kind.</param>
/// <param name="Value">DNS name, mail address, URI and number: its ASCII octets; IP address: 4 or 16 octets, doubled with a mask in a constraint;
/// directory name: a Name in DER; otherwise the encoded value, which nobody looks at.</param>
internal readonly record struct GeneralName(GeneralNameForm Form, ReadOnlyMemory<byte> Value)
{
    internal static GeneralName Read(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue > (int)GeneralNameForm.RegisteredId)
        {
            throw new CertificateFormException("has a name of no form that there is (RFC 5280 §4.2.1.6)");
        }

        var form = (GeneralNameForm)tag.TagValue;
        var isConstructed = form is GeneralNameForm.OtherName or GeneralNameForm.X400Address or GeneralNameForm.DirectoryName
            or GeneralNameForm.EdiPartyName;
        if (tag.IsConstructed != isConstructed)
        {
            throw new CertificateFormException("has a name that is constructed or primitive against its form (X.690 §10.2)");
        }

        return new(form, form switch
        {
            GeneralNameForm.DnsName => Encoding.ASCII.GetBytes(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag)),
            GeneralNameForm.IpAddress => reader.ReadOctetString(tag),
            GeneralNameForm.DirectoryName => ReadDirectoryName(reader, tag),
            GeneralNameForm.Rfc822Name or GeneralNameForm.Uri =>
                Encoding.ASCII.GetBytes(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag)),
            GeneralNameForm.RegisteredId => Encoding.ASCII.GetBytes(reader.ReadObjectIdentifier(tag)),
            _ => reader.ReadEncodedValue(),
        });
    }

    private static ReadOnlyMemory<byte> ReadDirectoryName(AsnReader reader, Asn1Tag tag)
    {
        var wrapper = reader.ReadSequence(tag);
        var name = wrapper.ReadEncodedValue();
        wrapper.ThrowIfNotEmpty();
        DistinguishedName.CheckForm(name.Span);
        return name;
    }
}
