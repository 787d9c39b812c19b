using System.Formats.Asn1;

namespace Sim800.Tls.Certificates;

/// <summary>Reads the extensions of a certificate: each once, and none that is critical and unknown (RFC 5280 §4.2).</summary>
internal static class CertificateExtensionsReader
{
    internal static CertificateExtensions Read(AsnReader list)
    {
        var extensions = new CertificateExtensions();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Require(list.HasData, "has an empty list of extensions (RFC 5280 §4.1.2.9)");
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();

            // DEFAULT FALSE must not be encoded, yet enough authorities in the field write it, and it says nothing wrong.
            var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            var value = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER);
            extension.ThrowIfNotEmpty();
            Require(seen.Add(oid), $"has the extension {oid} twice (RFC 5280 §4.2)");
            extensions = Read(extensions, oid, isCritical, value);
        }

        return extensions;
    }

    private static CertificateExtensions Read(CertificateExtensions known, string oid, bool isCritical, AsnReader value)
    {
        var extensions = oid switch
        {
            Oids.BasicConstraints => known with { BasicConstraints = ExtensionValues.ReadBasicConstraints(value) },
            Oids.KeyUsage => known with { KeyUsage = ExtensionValues.ReadKeyUsage(value) },
            Oids.ExtendedKeyUsage => known with { ExtendedKeyUsage = ExtensionValues.ReadExtendedKeyUsage(value) },
            Oids.SubjectAltName => known with { SubjectAltName = new(isCritical, ExtensionValues.ReadNames(value)) },
            Oids.NameConstraints => known with { NameConstraints = ExtensionValues.ReadNameConstraints(value) },
            Oids.CertificatePolicies => known with { CertificatePolicies = PolicyExtensionValues.ReadPolicies(value) },
            Oids.PolicyMappings => known with { PolicyMappings = PolicyExtensionValues.ReadMappings(value) },
            Oids.PolicyConstraints => known with { PolicyConstraints = PolicyExtensionValues.ReadConstraints(value) },
            Oids.InhibitAnyPolicy => known with { InhibitAnyPolicy = PolicyExtensionValues.ReadSkipCertificates(value) },
            Oids.SubjectKeyIdentifier or Oids.AuthorityKeyIdentifier => Skip(known, value),
            _ => null,
        };
        if (extensions is not null)
        {
            value.ThrowIfNotEmpty();
            return extensions;
        }

        return isCritical
            ? throw new TlsCertificateException(
                TlsCertificateStatus.UnknownCriticalExtension,
                $"A certificate of the server has the critical extension {oid}, which is not supported (RFC 5280 §4.2).")
            : known;
    }

    // X509Chain finds issuers by them; nothing else depends on them.
    private static CertificateExtensions Skip(CertificateExtensions known, AsnReader value)
    {
        value.ReadEncodedValue();
        return known;
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new TlsCertificateException(TlsCertificateStatus.Malformed, $"A certificate of the server {otherwise}.");
        }
    }
}
