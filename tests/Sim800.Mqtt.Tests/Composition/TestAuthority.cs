using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>A certificate authority for one test run, and one server's certificate of it, as PEM.</summary>
internal sealed class TestAuthority
{
    internal TestAuthority(string host)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authority.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authority.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        using var root = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        server.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var leaf = server.Create(root, now.AddDays(-1), now.AddDays(20), [1, 2, 3, 4, 5, 6, 7, 8]);

        AuthorityPem = root.ExportCertificatePem();
        CertificatePem = leaf.ExportCertificatePem();
        KeyPem = key.ExportPkcs8PrivateKeyPem();
    }

    internal string AuthorityPem { get; }

    internal string CertificatePem { get; }

    internal string KeyPem { get; }
}
