using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Tests.Certificates.Making;
using TestKey = Sim800.Tls.Tests.Certificates.Making.TestKey;

namespace Sim800.Tls.Tests.Certificates;

public sealed class TlsClientCertificateTests
{
    private const string Password = "not a secret";
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    public static TheoryData<string> Kinds => ["P-256", "RSA"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void PEM_texts_give_certificate_intermediates_and_key(string kind)
    {
        var (path, key) = Make(kind);
        using var certificate = TlsClientCertificate.FromPem(Pem(path.Sent()), Pkcs8(key));
        Check(certificate, path);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void PEM_files_may_hold_the_key_beside_the_certificate(string kind)
    {
        var (path, key) = Make(kind);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Pkcs8(key) + "\n" + Pem(path.Sent()));
            using var certificate = TlsClientCertificate.FromPemFiles(file);
            Check(certificate, path);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_encrypted_key_needs_its_password(string kind)
    {
        var (path, key) = Make(kind);
        var encrypted = PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", key.ExportEncryptedPkcs8PrivateKey(Password, Encryption));
        using var certificate = TlsClientCertificate.FromPem(Pem(path.Sent()), encrypted, Password);
        Check(certificate, path);
        Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPem(Pem(path.Sent()), encrypted, "wrong"));
        Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPem(Pem(path.Sent()), encrypted));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Keys_in_the_older_forms_are_read(string kind)
    {
        var (path, key) = Make(kind);
        var pem = key is RSA rsa
            ? PemEncoding.WriteString("RSA PRIVATE KEY", rsa.ExportRSAPrivateKey())
            : PemEncoding.WriteString("EC PRIVATE KEY", ((ECDsa)key).ExportECPrivateKey());
        using var certificate = TlsClientCertificate.FromPem(Pem(path.Sent()), pem);
        Check(certificate, path);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_PFX_gives_certificate_intermediates_and_key(string kind)
    {
        var (path, key) = Make(kind);
        var pfx = Pfx(path, key);
        using var certificate = TlsClientCertificate.FromPfx(pfx, Password);
        Check(certificate, path);
        Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPfx(pfx, "wrong"));
        Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPfx(pfx[..^7], Password));
        Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPfx([], Password));
    }

    [Fact]
    public void A_PFX_without_a_key_is_refused()
    {
        using var certificate = X509CertificateLoader.LoadCertificate(new TestPath().Sent()[0]);
        var pfx = certificate.Export(X509ContentType.Pfx, Password)!;
        Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPfx(pfx, Password));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_certificate_from_elsewhere_stays_the_callers(string kind)
    {
        var (path, key) = Make(kind);
        using var own = X509CertificateLoader.LoadPkcs12Collection(Pfx(path, key), Password).First(one => one.HasPrivateKey);
        using var issuing = X509CertificateLoader.LoadCertificate(path.Sent()[1]);
        using (var certificate = TlsClientCertificate.FromCertificate(own, [issuing]))
        {
            Check(certificate, path);
        }

        Assert.True(own.HasPrivateKey);
        Assert.NotEmpty(own.Subject);
    }

    [Fact]
    public void A_certificate_without_a_key_is_refused()
    {
        using var certificate = X509CertificateLoader.LoadCertificate(new TestPath().Sent()[0]);
        Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromCertificate(certificate));
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPem(Pem(new TestPath().Sent()), Pkcs8(other)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void What_is_no_key_is_refused_without_being_repeated(string key)
    {
        var refusal = Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPem(Pem(new TestPath().Sent()), key));
        Assert.DoesNotContain("AAAA", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_root_of_a_PFX_is_not_sent()
    {
        var (path, key) = Make("P-256");
        using var certificate = TlsClientCertificate.FromPfx(Pfx(path, key, withRoot: true), Password);
        Check(certificate, path);
    }

    private static void Check(TlsClientCertificate certificate, TestPath path)
    {
        Assert.Equal(2, certificate.Chain.Count);
        Assert.Equal(path.Server.SubjectBytes, certificate.Certificate.SubjectName.RawData);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(certificate.Chain[0])), certificate.Thumbprint);
        using var issuing = X509CertificateLoader.LoadCertificate(certificate.Chain[1]);
        Assert.Equal(TestPath.DefaultAuthority.SubjectBytes, issuing.SubjectName.RawData);
        Assert.True(certificate.Certificate.HasPrivateKey);
    }

    private static (TestPath Path, AsymmetricAlgorithm Key) Make(string kind)
    {
        var key = kind == "RSA" ? TestKey.Rsa2048 : TestKey.Server;
        return (new TestPath { Server = TestPath.DefaultServer with { Key = key } }, key.Algorithm);
    }

    private static string Pem(IReadOnlyList<byte[]> certificates) =>
        string.Join('\n', certificates.Select(der => PemEncoding.WriteString("CERTIFICATE", der)));

    private static string Pkcs8(AsymmetricAlgorithm key) => PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8PrivateKey());

    private static byte[] Pfx(TestPath path, AsymmetricAlgorithm key, bool withRoot = false)
    {
        var sent = path.Sent();
        using var certificate = X509CertificateLoader.LoadCertificate(sent[0]);
        using var own = key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
        var all = new X509Certificate2Collection { own };
        all.Add(X509CertificateLoader.LoadCertificate(sent[1]));
        if (withRoot)
        {
            all.Add(X509CertificateLoader.LoadCertificate(path.Anchor));
        }

        return all.Export(X509ContentType.Pfx, Password)!;
    }
}
