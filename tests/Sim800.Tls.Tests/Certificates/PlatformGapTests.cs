using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Tests.Certificates.Making;
using static Sim800.Tls.Tests.Certificates.Making.TestExtension;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>
/// Why there are rules of our own: X509Chain accepts these paths, asked for a server's purpose and with nothing ignored.
/// Where one of these fails because a platform has caught up, the rule stays right and the row can go.
/// </summary>
public sealed class PlatformGapTests
{
    private static readonly Dictionary<string, (TlsCertificateStatus Status, TestPath Path)> Gaps = new(StringComparer.Ordinal)
    {
        ["an authority as a server"] = (TlsCertificateStatus.WrongUsage, TestPath.WithServer(Authority())),
        ["a key that may only encipher"] = (TlsCertificateStatus.WrongUsage, TestPath.WithServer(KeyUsage(X509KeyUsageFlags.KeyEncipherment))),
        ["a common name alone"] = (TlsCertificateStatus.NameMismatch, new() { Server = TestPath.DefaultServer.Without("2.5.29.17") }),
        ["the number 0"] = (TlsCertificateStatus.Malformed, new() { Server = TestPath.DefaultServer with { Serial = [0] } }),
        ["a date in the wrong form"] = (TlsCertificateStatus.Malformed, new()
        {
            Server = TestPath.DefaultServer with
            {
                Validity = [.. Der.Raw(0x18, "20260101000000Z"u8.ToArray()), .. Der.Raw(0x17, "491231235959Z"u8.ToArray())],
            },
        }),
        ["a demanded policy that is not there"] =
            (TlsCertificateStatus.Policy, TestPath.WithAuthority(PolicyConstraints(0), Policies("1.2.3"))),
        ["a wildcard that reaches into an excluded domain"] = (
            TlsCertificateStatus.NameConstraint,
            TestPath.WithAuthority(NameConstraints(excluded: [Dns("broker.example.com")])) with
            {
                Server = TestPath.DefaultServer.With(DnsNames("*.example.com")),
            }),
        ["a weak key"] = (TlsCertificateStatus.WeakKey, new() { Server = TestPath.DefaultServer with { Key = TestKey.Rsa(1024) } }),
        ["an unusual curve"] = (
            TlsCertificateStatus.WeakKey,
            new() { Server = TestPath.DefaultServer with { Key = TestKey.Ec(ECCurve.CreateFromFriendlyName("secp256k1")) } }),
        ["a signature with SHA-1"] = (
            TlsCertificateStatus.WeakSignature,
            new() { Server = TestPath.DefaultServer with { Hash = HashAlgorithmName.SHA1 } }),
    };

    public static TheoryData<string> Names => [.. Gaps.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_X509Chain_accepts_is_refused_all_the_same(string gap)
    {
        var (status, path) = Gaps[gap];
        Assert.Equal("", StatusOfX509Chain(path));
        path.IsRefused(status);
    }

    private static string StatusOfX509Chain(TestPath path)
    {
        var sent = path.Sent();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = TestPath.Now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(path.Anchor));
        chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificate(sent[1]));
        using var server = X509CertificateLoader.LoadCertificate(sent[0]);
        return chain.Build(server) ? "" : string.Join(", ", chain.ChainStatus.Select(status => status.Status));
    }
}
