using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Certificates;

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

    /// <summary>Reads PEM files: the certificate followed by its intermediates, and the key (PKCS #8, PKCS #1 or SEC 1).</summary>
    /// <param name="certificatePath">Certificate file.</param>
    /// <param name="keyPath">Key file; <c>null</c> if the key is in the certificate file.</param>
    /// <param name="keyPassword">Password of an encrypted PKCS #8 key.</param>
    /// <exception cref="ArgumentException">They cannot be read, or do not belong together.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TlsClientCertificate FromPemFiles(string certificatePath, string? keyPath = null, string? keyPassword = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(certificatePath);
        return FromPem(File.ReadAllText(certificatePath), File.ReadAllText(keyPath ?? certificatePath), keyPassword);
    }

    /// <summary>As <see cref="FromPemFiles"/>, from texts.</summary>
    /// <exception cref="ArgumentException">They cannot be read, or do not belong together.</exception>
    public static TlsClientCertificate FromPem(string certificatePem, string keyPem, string? keyPassword = null)
    {
        ArgumentNullException.ThrowIfNull(certificatePem);
        ArgumentNullException.ThrowIfNull(keyPem);
        var chain = CertificatePem.Read(certificatePem);
        try
        {
            var certificate = keyPassword is null
                ? X509Certificate2.CreateFromPem(certificatePem, keyPem)
                : X509Certificate2.CreateFromEncryptedPem(certificatePem, keyPem, keyPassword);
            return new(certificate, chain.Skip(1).Select(CertificateLoader.FromDer), isOwn: true);
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException(
                "The client's key cannot be read, is encrypted with another password, or belongs to another certificate.", nameof(keyPem), e);
        }
    }

    /// <summary>Reads a PKCS #12 file (.pfx, .p12): the certificate with the key, and its intermediates.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or holds no private key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TlsClientCertificate FromPfxFile(string path, string? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FromPfx(File.ReadAllBytes(path), password);
    }

    /// <summary>As <see cref="FromPfxFile"/>, from memory.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or holds no private key.</exception>
    public static TlsClientCertificate FromPfx(byte[] pfx, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(pfx);
        try
        {
            var all = CertificateLoader.FromPfx(pfx, password);
            return all.FirstOrDefault(certificate => certificate.HasPrivateKey) is { } own
                ? new(own, all.Where(certificate => !certificate.HasPrivateKey && !IsRoot(certificate)), isOwn: true)
                : throw new ArgumentException("There is no private key in this PKCS #12 file.", nameof(pfx));
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException("This PKCS #12 file cannot be read, or the password is wrong.", nameof(pfx), e);
        }
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

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
