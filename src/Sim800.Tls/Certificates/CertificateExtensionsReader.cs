using System.Formats.Asn1;

namespace Sim800.Tls.Certificates;

/// <summary>Reads the extensions of a certificate, each once (RFC 5280 §4.2).</summary>
internal static class CertificateExtensionsReader
{
    /// <summary>Those of X.509 itself and of the Internet profile: their values are known to be DER.</summary>
    private static readonly string[] KnownArcs = ["2.5.29.", "1.3.6.1.5.5.7.1."];

    internal static CertificateExtensions Read(AsnReader list)
    {
        var extensions = new CertificateExtensions();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Require(list.HasData, "has an empty list of extensions (RFC 5280 §4.1.2.9)");
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var isCritical = false;
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
            {
                isCritical = extension.ReadBoolean();
                extensions = isCritical ? extensions : extensions with { FormDefect = "writes out that an extension is not critical (X.690 §11.5)" };
            }

            var value = ReadValue(extension, oid);
            extension.ThrowIfNotEmpty();
            Require(seen.Add(oid), $"has the extension {oid} twice (RFC 5280 §4.2)");
            extensions = Read(extensions, oid, isCritical, value);
        }

        return extensions;
    }

    private static AsnReader ReadValue(AsnReader extension, string oid)
    {
        var octets = extension.TryReadPrimitiveOctetString(out var primitive)
            ? primitive
            : throw new CertificateFormException("has an octet string in pieces (X.690 §10.2)");
        if (Array.Exists(KnownArcs, arc => oid.StartsWith(arc, StringComparison.Ordinal)))
        {
            DerForm.Check(octets.Span);
        }

        return new AsnReader(octets, AsnEncodingRules.DER);
    }

    private static CertificateExtensions Read(CertificateExtensions known, string oid, bool isCritical, AsnReader value)
    {
        var extensions = oid switch
        {
            Oids.BasicConstraints => ReadBasicConstraints(known, value),
            Oids.KeyUsage => ReadKeyUsage(known, value),
            Oids.ExtendedKeyUsage => known with { ExtendedKeyUsage = ExtensionValues.ReadExtendedKeyUsage(value) },
            Oids.SubjectAltName => known with { SubjectAltName = new(isCritical, ExtensionValues.ReadNames(value)) },
            Oids.NameConstraints => known with { NameConstraints = ExtensionValues.ReadNameConstraints(value) },
            Oids.CertificatePolicies => known with { CertificatePolicies = PolicyExtensionValues.ReadPolicies(value) },
            Oids.PolicyMappings => known with { PolicyMappings = PolicyExtensionValues.ReadMappings(value) },
            Oids.PolicyConstraints => known with { PolicyConstraints = PolicyExtensionValues.ReadConstraints(value) },
            Oids.InhibitAnyPolicy => known with { InhibitAnyPolicy = PolicyExtensionValues.ReadSkipCertificates(value) },
            Oids.SubjectKeyIdentifier => known with { SubjectKeyIdentifier = value.ReadOctetString() },
            Oids.AuthorityKeyIdentifier => known with { AuthorityKeyIdentifier = ExtensionValues.ReadAuthorityKeyIdentifier(value) },
            _ => null,
        };
        if (extensions is not null)
        {
            value.ThrowIfNotEmpty();
            return extensions;
        }

        return isCritical ? known with { UnknownCritical = known.UnknownCritical ?? oid } : known;
    }

    private static CertificateExtensions ReadBasicConstraints(CertificateExtensions known, AsnReader value)
    {
        var constraints = ExtensionValues.ReadBasicConstraints(value, out var defect);
        return known with { BasicConstraints = constraints, FormDefect = known.FormDefect ?? defect };
    }

    private static CertificateExtensions ReadKeyUsage(CertificateExtensions known, AsnReader value)
    {
        var usage = ExtensionValues.ReadKeyUsage(value, out var defect);
        return known with { KeyUsage = usage, FormDefect = known.FormDefect ?? defect };
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new CertificateFormException(otherwise);
        }
    }
}
