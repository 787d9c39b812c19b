using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>The contents of the extensions about keys and names (RFC 5280 §4.2.1).</summary>
internal static class ExtensionValues
{
    /// <summary>Names times constraints are compared, so both are bounded; public certificates hold up to 100 names.</summary>
    internal const int MostNames = 1000;

    private const int UnusedBitsOfKeyUsage = 7;
    private static readonly Asn1Tag KeyIdentifierTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag IssuerTag = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag SerialNumberTag = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag PermittedTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag ExcludedTag = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <param name="value">The extension's.</param>
    /// <param name="defect">See <see cref="TbsCertificate.FormDefect"/>.</param>
    internal static BasicConstraints ReadBasicConstraints(AsnReader value, out string? defect)
    {
        var sequence = value.ReadSequence();
        var isWritten = sequence.HasData && sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean);
        var isAuthority = isWritten && sequence.ReadBoolean();
        defect = isWritten && !isAuthority ? "writes out that it is no authority (X.690 §11.5)" : null;
        int? pathLength = sequence.HasData ? PolicyExtensionValues.ReadCount(sequence, Asn1Tag.Integer) : null;
        sequence.ThrowIfNotEmpty();
        return pathLength is null || isAuthority
            ? new(isAuthority, pathLength)
            : throw new CertificateFormException("has a path length without being an authority (RFC 5280 §4.2.1.9)");
    }

    /// <param name="value">The extension's.</param>
    /// <param name="defect">See <see cref="TbsCertificate.FormDefect"/>.</param>
    internal static X509KeyUsageFlags ReadKeyUsage(AsnReader value, out string? defect)
    {
        var bits = value.ReadBitString(out var unused);
        if (bits.Length is 0 or > 2 || (bits.Length == 2 && unused != UnusedBitsOfKeyUsage) || !bits.AsSpan().ContainsAnyExcept((byte)0))
        {
            throw new CertificateFormException("has a key usage without a bit, or with unknown ones (RFC 5280 §4.2.1.3)");
        }

        defect = unused == BitOperations.TrailingZeroCount(bits[^1]) ? null : "has a key usage with zeros behind its last bit (X.690 §11.2.2)";

        return (X509KeyUsageFlags)(bits[0] | (bits.Length == 2 ? bits[1] << 8 : 0));
    }

    /// <returns>keyIdentifier, if it is there; issuer and serial number are read over.</returns>
    internal static ReadOnlyMemory<byte>? ReadAuthorityKeyIdentifier(AsnReader value)
    {
        var sequence = value.ReadSequence();
        ReadOnlyMemory<byte>? key = Is(sequence, KeyIdentifierTag) ? sequence.ReadOctetString(KeyIdentifierTag) : null;
        if (Is(sequence, IssuerTag))
        {
            var issuer = sequence.ReadSequence(IssuerTag);
            do
            {
                GeneralName.Read(issuer);
            }
            while (issuer.HasData);
        }

        if (Is(sequence, SerialNumberTag))
        {
            sequence.ReadIntegerBytes(SerialNumberTag);
        }

        sequence.ThrowIfNotEmpty();
        return key;
    }

    internal static IReadOnlyList<string> ReadExtendedKeyUsage(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var purposes = new List<string>();
        do
        {
            purposes.Add(sequence.ReadObjectIdentifier());
        }
        while (sequence.HasData);
        return purposes;
    }

    internal static IReadOnlyList<GeneralName> ReadNames(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var names = new List<GeneralName>();
        do
        {
            Add(names, GeneralName.Read(sequence));
        }
        while (sequence.HasData);
        return names;
    }

    internal static NameConstraints ReadNameConstraints(AsnReader value)
    {
        var sequence = value.ReadSequence();
        if (!sequence.HasData)
        {
            throw new CertificateFormException("has name constraints without a name (RFC 5280 §4.2.1.10)");
        }

        var constraints = new NameConstraints(ReadSubtrees(sequence, PermittedTag), ReadSubtrees(sequence, ExcludedTag));
        sequence.ThrowIfNotEmpty();
        return constraints;
    }

    private static bool Is(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag().HasSameClassAndValue(tag);

    private static List<GeneralName> ReadSubtrees(AsnReader sequence, Asn1Tag tag)
    {
        var names = new List<GeneralName>();
        if (!Is(sequence, tag))
        {
            return names;
        }

        var subtrees = sequence.ReadSequence(tag);
        do
        {
            var subtree = subtrees.ReadSequence();
            Add(names, GeneralName.Read(subtree));

            // minimum is 0, which DER leaves out, and maximum is absent (RFC 5280 §4.2.1.10).
            subtree.ThrowIfNotEmpty();
        }
        while (subtrees.HasData);
        return names;
    }

    private static void Add(List<GeneralName> names, GeneralName name) =>
        names.Add(names.Count < MostNames ? name : throw new CertificateFormException($"has more than {MostNames} names"));
}
