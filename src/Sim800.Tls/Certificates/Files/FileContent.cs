namespace Sim800.Tls.Certificates.Files;

/// <summary>What a file turns out to hold.</summary>
internal enum FileContent
{
    Unknown,
    Empty,
    Certificate,
    TrustedCertificate,
    Pkcs7,
    Pfx,
    Pkcs8Key,
    EncryptedKey,
    RsaKey,
    EcKey,
    OpenSshKey,
    OtherKey,
    CertificateRequest,
    RevocationList,
    PublicKey,
    Parameters,
    JavaKeyStore,
}
