namespace Sim800.Tls.Certificates;

/// <summary>Object identifiers of X.509 (RFC 5280, RFC 4055, RFC 5480, RFC 5758).</summary>
internal static class Oids
{
    internal const string SubjectKeyIdentifier = "2.5.29.14";
    internal const string KeyUsage = "2.5.29.15";
    internal const string SubjectAltName = "2.5.29.17";
    internal const string BasicConstraints = "2.5.29.19";
    internal const string NameConstraints = "2.5.29.30";
    internal const string CertificatePolicies = "2.5.29.32";
    internal const string AnyPolicy = "2.5.29.32.0";
    internal const string PolicyMappings = "2.5.29.33";
    internal const string AuthorityKeyIdentifier = "2.5.29.35";
    internal const string PolicyConstraints = "2.5.29.36";
    internal const string ExtendedKeyUsage = "2.5.29.37";
    internal const string InhibitAnyPolicy = "2.5.29.54";
    internal const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    internal const string RsaEncryption = "1.2.840.113549.1.1.1";
    internal const string EcPublicKey = "1.2.840.10045.2.1";
    internal const string P256 = "1.2.840.10045.3.1.7";
    internal const string P384 = "1.3.132.0.34";
    internal const string P521 = "1.3.132.0.35";

    internal const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    internal const string Sha384WithRsa = "1.2.840.113549.1.1.12";
    internal const string Sha512WithRsa = "1.2.840.113549.1.1.13";
    internal const string RsaPss = "1.2.840.113549.1.1.10";
    internal const string MaskGenerator1 = "1.2.840.113549.1.1.8";
    internal const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    internal const string EcdsaWithSha384 = "1.2.840.10045.4.3.3";
    internal const string EcdsaWithSha512 = "1.2.840.10045.4.3.4";
    internal const string Sha256 = "2.16.840.1.101.3.4.2.1";
    internal const string Sha384 = "2.16.840.1.101.3.4.2.2";
    internal const string Sha512 = "2.16.840.1.101.3.4.2.3";
}
