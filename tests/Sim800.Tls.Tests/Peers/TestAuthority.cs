using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Peers;

/// <summary>A root, an intermediate and what they certify, made anew for the test; of one kind of key throughout.</summary>
public sealed class TestAuthority : IDisposable
{
    public const string ServerName = "broker.example.org";

    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddDays(-1);
    /// <summary>One key of this kind for all: making one takes seconds.</summary>
    private static readonly Lazy<RSA> Rsa4096 = new(() => RSA.Create(4096));

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;

    public TestAuthority(TestKey kind)
    {
        Kind = kind;
        _root = Create("CN=Test Root", kind, null, request =>
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        });
        _intermediate = Create("CN=Test Intermediate", kind, _root, request =>
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        });
        Server = Create("CN=" + ServerName, kind, _intermediate, request =>
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(ServerName);
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            AddLeafExtensions(request, "1.3.6.1.5.5.7.3.1");
        });
        Client = Create("CN=gateway-1", kind, _intermediate, request => AddLeafExtensions(request, "1.3.6.1.5.5.7.3.2"));
        Trust = TlsTrust.FromPem(RootPem);
    }

    public TestKey Kind { get; }

    /// <summary>The server's certificate, with its key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>What a scripted server shows of itself.</summary>
    public TlsServerIdentity Identity => new(Server, _intermediate);

    /// <summary>A client's certificate, with its key.</summary>
    public X509Certificate2 Client { get; }

    public TlsTrust Trust { get; }

    public X509Certificate2 Intermediate => _intermediate;

    public string RootPem => _root.ExportCertificatePem();

    public string ServerChainPem => Server.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem() + "\n";

    public string ServerKeyPem => KeyPem(Server);

    public TlsClientCertificate ClientCertificate => TlsClientCertificate.FromCertificate(Client, [_intermediate]);

    public void Dispose()
    {
        _root.Dispose();
        _intermediate.Dispose();
        Server.Dispose();
        Client.Dispose();
    }

    private static RSA CopyOf(RSA key)
    {
        var copy = RSA.Create();
        copy.ImportParameters(key.ExportParameters(includePrivateParameters: true));
        return copy;
    }

    private static string KeyPem(X509Certificate2 certificate)
    {
        using var ecdsa = certificate.GetECDsaPrivateKey();
        using var rsa = certificate.GetRSAPrivateKey();
        return ecdsa?.ExportPkcs8PrivateKeyPem() ?? rsa!.ExportPkcs8PrivateKeyPem();
    }

    private static void AddLeafExtensions(CertificateRequest request, string purpose)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
    }

    private static X509Certificate2 Create(string subject, TestKey kind, X509Certificate2? issuer, Action<CertificateRequest> extend)
    {
        using var rsa = kind switch { TestKey.Rsa2048 => RSA.Create(2048), TestKey.Rsa4096 => CopyOf(Rsa4096.Value), _ => null };
        using var ecdsa = kind switch
        {
            TestKey.P256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            TestKey.P384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            TestKey.P521 => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            _ => null,
        };
        var request = rsa is not null
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, ecdsa!, kind switch
            {
                TestKey.P384 => HashAlgorithmName.SHA384,
                TestKey.P521 => HashAlgorithmName.SHA512,
                _ => HashAlgorithmName.SHA256,
            });
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        extend(request);
        if (issuer is null)
        {
            return request.CreateSelfSigned(Start, Start.AddDays(365));
        }

        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var serial = RandomNumberGenerator.GetBytes(15);
        serial[0] &= 0x7F;
        serial[0] |= 0x01;
        using var bare = request.Create(issuer, Start, Start.AddDays(300), serial);
        using var signed = rsa is not null ? bare.CopyWithPrivateKey(rsa) : bare.CopyWithPrivateKey(ecdsa!);

        // Through PKCS #12, as SslStream cannot use an ephemeral key everywhere.
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
}
