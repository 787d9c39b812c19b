using System.Formats.Asn1;

namespace Sim800.Tls.Certificates;

/// <summary>The contents of the extensions about certificate policies (RFC 5280 §4.2.1.4, .5, .11, .14).</summary>
internal static class PolicyExtensionValues
{
    private static readonly Asn1Tag RequireExplicitPolicyTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag InhibitPolicyMappingTag = new(TagClass.ContextSpecific, 1);

    internal static IReadOnlyList<string> ReadPolicies(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var policies = new List<string>();
        do
        {
            var information = sequence.ReadSequence();
            var policy = information.ReadObjectIdentifier();
            if (information.HasData)
            {
                information.ReadSequence();
            }

            information.ThrowIfNotEmpty();
            policies.Add(policies.Contains(policy, StringComparer.Ordinal)
                ? throw new CertificateFormException("has a policy twice (RFC 5280 §4.2.1.4)")
                : policy);
        }
        while (sequence.HasData);
        return policies;
    }

    internal static IReadOnlyList<PolicyMapping> ReadMappings(AsnReader value)
    {
        var sequence = value.ReadSequence();
        var mappings = new List<PolicyMapping>();
        do
        {
            var pair = sequence.ReadSequence();
            var mapping = new PolicyMapping(pair.ReadObjectIdentifier(), pair.ReadObjectIdentifier());
            pair.ThrowIfNotEmpty();
            mappings.Add(mapping is { IssuerDomain: not Oids.AnyPolicy, SubjectDomain: not Oids.AnyPolicy }
                ? mapping
                : throw new CertificateFormException("maps the policy for all (RFC 5280 §4.2.1.5)"));
        }
        while (sequence.HasData);
        return mappings;
    }

    internal static PolicyConstraints ReadConstraints(AsnReader value)
    {
        var sequence = value.ReadSequence();
        if (!sequence.HasData)
        {
            throw new CertificateFormException("has policy constraints without any (RFC 5280 §4.2.1.11)");
        }

        var constraints = new PolicyConstraints(
            ReadOptionalCount(sequence, RequireExplicitPolicyTag), ReadOptionalCount(sequence, InhibitPolicyMappingTag));
        sequence.ThrowIfNotEmpty();
        return constraints;
    }

    internal static int ReadSkipCertificates(AsnReader value) => ReadCount(value, Asn1Tag.Integer);

    /// <summary>A number of certificates; more than an Int32 holds is as good as no limit.</summary>
    internal static int ReadCount(AsnReader reader, Asn1Tag tag)
    {
        var count = reader.ReadInteger(tag);
        return count.Sign >= 0
            ? (int)System.Numerics.BigInteger.Min(count, int.MaxValue)
            : throw new CertificateFormException("has a negative number of certificates (RFC 5280 §4.2.1.9)");
    }

    private static int? ReadOptionalCount(AsnReader sequence, Asn1Tag tag) =>
        sequence.HasData && sequence.PeekTag().HasSameClassAndValue(tag) ? ReadCount(sequence, tag) : null;
}
