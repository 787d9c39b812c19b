using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>The contents of the extensions about keys and names (RFC 5280 §4.2.1).</summary>
internal static class ExtensionValues
{
    /// <summary>Names times constraints are compared, so both are bounded; public certificates hold up to 100 names.</summary>
    internal const int MostNames = 1000;

    private const int UnusedBitsOfKeyUsage = 7;
    private static readonly Asn1Tag PermittedTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag ExcludedTag = new(TagClass.ContextSpecific, 1, isConstructed: true);

    internal static BasicConstraints ReadBasicConstraints(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var isAuthority = sequence.HasData && sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && sequence.ReadBoolean();
        int? pathLength = sequence.HasData ? PolicyExtensionValues.ReadCount(sequence, Asn1Tag.Integer) : null;
        sequence.ThrowIfNotEmpty();
        return pathLength is null || isAuthority
            ? new(isAuthority, pathLength)
            : throw new AsnContentException("A path length without cA (RFC 5280 §4.2.1.9).");
    }

    internal static X509KeyUsageFlags ReadKeyUsage(AsnReader value)
    {
        var bits = value.ReadBitString(out var unused);
        if (bits.Length is 0 or > 2 || (bits.Length == 2 && unused != UnusedBitsOfKeyUsage) || bits.All(octet => octet == 0))
        {
            throw new AsnContentException("A key usage without a bit, or with unknown ones (RFC 5280 §4.2.1.3).");
        }

        return (X509KeyUsageFlags)(bits[0] | (bits.Length == 2 ? bits[1] << 8 : 0));
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
            throw new AsnContentException("Name constraints without a name (RFC 5280 §4.2.1.10).");
        }

        var constraints = new NameConstraints(ReadSubtrees(sequence, PermittedTag), ReadSubtrees(sequence, ExcludedTag));
        sequence.ThrowIfNotEmpty();
        return constraints;
    }

    private static List<GeneralName> ReadSubtrees(AsnReader sequence, Asn1Tag tag)
    {
        var names = new List<GeneralName>();
        if (!sequence.HasData || !sequence.PeekTag().HasSameClassAndValue(tag))
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
        names.Add(names.Count < MostNames ? name : throw new AsnContentException($"More than {MostNames} names."));
}
