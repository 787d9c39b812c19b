using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Certificates;
using Sim800.Tls.Certificates.Files;

namespace Sim800.Tls;

/// <summary>
/// The certificate a client proves itself with, its intermediates, and its private key, RSA or ECDSA. The key signs through
/// the platform and is never exported, so that it may live in a TPM, a smart card or a key store.
/// </summary>
public sealed class TlsClientCertificate : IDisposable
{
    private readonly bool _isOwn;

    private TlsClientCertificate(X509Certificate2 certificate, IEnumerable<X509Certificate2> intermediates, bool isOwn)
    {
        _isOwn = isOwn;
        Certificate = certificate;
        Intermediates = [.. intermediates];
        Chain = [certificate.RawData, .. Intermediates.Select(intermediate => intermediate.RawData)];
        Thumbprint = Convert.ToHexString(SHA256.HashData(certificate.RawData));
        using var ecdsa = certificate.GetECDsaPrivateKey();
        using var rsa = certificate.GetRSAPrivateKey();
        if (rsa is null && ecdsa is null)
        {
            throw new ArgumentException("The client certificate has no private key, or one that is neither RSA nor ECDSA.", nameof(certificate));
        }
    }

    /// <summary>SHA-256 of the certificate, hexadecimal.</summary>
    public string Thumbprint { get; }

    internal X509Certificate2 Certificate { get; }

    internal X509Certificate2Collection Intermediates { get; }

    /// <summary>DER, the client's own first.</summary>
    internal IReadOnlyList<byte[]> Chain { get; }

    /// <summary>
    /// Reads files: the certificate with its intermediates (PEM, DER or PKCS #7), and its key (PKCS #8, PKCS #1 or SEC 1, in PEM or DER). A
    /// PKCS #12 file (PFX) is taken as well, as it holds both. Of several certificates the one that belongs to the key is the client's own.
    /// </summary>
    /// <param name="certificatePath">Certificate file.</param>
    /// <param name="keyPath">Key file; <c>null</c> if the key is in the certificate file.</param>
    /// <param name="keyPassword">Password of a key that is encrypted: PKCS #8, PKCS #12, or the older PEM with <c>Proc-Type: 4,ENCRYPTED</c>.
    /// Not used if it is not encrypted.</param>
    /// <exception cref="ArgumentException">They cannot be read, or do not belong together; <see cref="ArgumentException.ParamName"/> is
    /// <c>keyPassword</c> where that is missing or wrong.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static TlsClientCertificate FromPemFiles(string certificatePath, string? keyPath = null, string? keyPassword = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(certificatePath);
        using var certificates = CredentialFile.Load(certificatePath);
        if (FileContents.Of(certificates) == FileContent.Pfx && (keyPath is null || string.Equals(keyPath, certificatePath, StringComparison.Ordinal)))
        {
            return Of(certificates, keyPassword, nameof(keyPassword));
        }

        using var key = keyPath is null ? null : CredentialFile.Load(keyPath);
        return Of(certificates, key ?? certificates, keyPassword);
    }

    /// <summary>As <see cref="FromPemFiles"/>, from texts in PEM.</summary>
    /// <exception cref="ArgumentException">They cannot be read, or do not belong together; <see cref="ArgumentException.ParamName"/> is
    /// <c>keyPassword</c> where that is missing or wrong.</exception>
    public static TlsClientCertificate FromPem(string certificatePem, string keyPem, string? keyPassword = null)
    {
        ArgumentNullException.ThrowIfNull(certificatePem);
        ArgumentNullException.ThrowIfNull(keyPem);
        using var certificates = CredentialFile.OfText(nameof(certificatePem), certificatePem);
        using var key = CredentialFile.OfText(nameof(keyPem), keyPem);
        return Of(certificates, key, keyPassword);
    }

    /// <summary>Reads a PKCS #12 file (.pfx, .p12): the certificate with the key, and its intermediates.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or holds no private key; <see cref="ArgumentException.ParamName"/> is
    /// <c>password</c> where that is missing or wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TlsClientCertificate FromPfxFile(string path, string? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = CredentialFile.Load(path);
        return Of(file, password, nameof(password));
    }

    /// <summary>As <see cref="FromPfxFile"/>, from memory.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or holds no private key; <see cref="ArgumentException.ParamName"/> is
    /// <c>password</c> where that is missing or wrong.</exception>
    public static TlsClientCertificate FromPfx(byte[] pfx, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(pfx);
        using var file = CredentialFile.Of(nameof(pfx), [.. pfx]);
        return Of(file, password, nameof(password));
    }

    /// <summary>A certificate with its key from anywhere: a store, a TPM, a smart card. It stays the caller's to dispose.</summary>
    /// <exception cref="ArgumentException">It has no private key, or one that is neither RSA nor ECDSA.</exception>
    public static TlsClientCertificate FromCertificate(
        X509Certificate2 certificate, IEnumerable<X509Certificate2>? intermediates = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new(certificate, intermediates ?? [], isOwn: false);
    }

    /// <summary>Lets go of the key, unless it came with <see cref="FromCertificate"/>.</summary>
    public void Dispose()
    {
        if (_isOwn)
        {
            Certificate.Dispose();
        }
    }

    private static TlsClientCertificate Of(CredentialFile pfx, string? password, string passwordParameter)
    {
        var all = PfxFile.Read(pfx, password, passwordParameter);
        return all.FirstOrDefault(certificate => certificate.HasPrivateKey) is { } own
            ? new(own, all.Where(certificate => !certificate.HasPrivateKey && !IsRoot(certificate)), isOwn: true)
            : throw new ArgumentException($"There is no private key in the PKCS #12 file '{pfx.Name}'.", nameof(pfx));
    }

    private static TlsClientCertificate Of(CredentialFile certificates, CredentialFile keyFile, string? keyPassword)
    {
        var chain = CertificateFile.Read(certificates).Select((der, index) => Load(der, index + 1, certificates.Name)).ToList();
        using var key = PrivateKeyFile.Read(keyFile, keyPassword);
        var publicKey = (key as RSA)?.ExportSubjectPublicKeyInfo() ?? ((ECDsa)key).ExportSubjectPublicKeyInfo();
        if (chain.Find(certificate => certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(publicKey)) is not { } own)
        {
            throw new ArgumentException(
                $"The key in '{keyFile.Name}' belongs to another certificate than '{certificates.Name}'; they belong together where these print the same: "
                + $"openssl pkey -pubout -in {FileContentText.Quoted(keyFile.Name)} and "
                + $"openssl x509 -noout -pubkey -in {FileContentText.Quoted(certificates.Name)}",
                nameof(keyFile));
        }

        chain.Remove(own);
        using var bare = own;
        return new(key is RSA rsa ? own.CopyWithPrivateKey(rsa) : own.CopyWithPrivateKey((ECDsa)key), chain.Where(one => !IsRoot(one)), isOwn: true);
    }

    private static X509Certificate2 Load(byte[] der, int ordinal, string name)
    {
        try
        {
            return CertificateLoader.FromDer(der);
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException($"Certificate {ordinal} in '{name}' cannot be read.", nameof(der), e);
        }
    }

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
