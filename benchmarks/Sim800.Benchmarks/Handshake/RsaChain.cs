using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Benchmarks.Handshake;

/// <summary>A server's certificate of RSA-2048 with an intermediate and a root, as most public servers have it.</summary>
internal sealed class RsaChain : IDisposable
{
    internal const string ServerName = "broker.example";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow.AddDays(-1);

    internal RsaChain()
    {
        Root = Create("CN=Root", null, CertificateAuthority());
        Intermediate = Create("CN=Intermediate", Root, CertificateAuthority());
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(ServerName);
        Server = Create(
            "CN=" + ServerName,
            Intermediate,
            names.Build(),
            new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: false),
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true),
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
    }

    internal X509Certificate2 Root { get; }

    internal X509Certificate2 Intermediate { get; }

    internal X509Certificate2 Server { get; }

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
        Server.Dispose();
    }

    private static X509Extension[] CertificateAuthority() =>
    [
        new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true),
        new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true),
    ];

    private X509Certificate2 Create(string subject, X509Certificate2? issuer, params X509Extension[] extensions)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (issuer is null)
        {
            return request.CreateSelfSigned(_start, _start.AddDays(365));
        }

        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var bare = request.Create(issuer, _start, _start.AddDays(300), [1, .. RandomNumberGenerator.GetBytes(15)]);
        using var signed = bare.CopyWithPrivateKey(key);

        // Through PKCS #12, as SslStream cannot use an ephemeral key everywhere.
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null);
    }
}
