using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Certificates;

namespace Sim800.Tls.Tests.Certificates.Making;

/// <summary>
/// A root, authorities below it, and a server, each of which a test may change. Judged twice: by our rules alone, and by the
/// whole validator with X509Chain, which must agree.
/// </summary>
internal sealed record TestPath
{
    internal const string ServerName = "broker.example.com";
    internal static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    internal static CertificateTemplate DefaultRoot { get; } = new CertificateTemplate { Subject = "CN=root, O=Test", Key = TestKey.Root }
        .With(TestExtension.Authority(), TestExtension.KeyUsage(X509KeyUsageFlags.KeyCertSign));

    internal static CertificateTemplate DefaultAuthority { get; } = new CertificateTemplate { Subject = "CN=issuing, O=Test", Key = TestKey.Intermediate }
        .With(TestExtension.Authority(), TestExtension.KeyUsage(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign));

    internal static CertificateTemplate DefaultServer { get; } = new CertificateTemplate { Subject = "CN=server, O=Test" }.With(
        TestExtension.KeyUsage(X509KeyUsageFlags.DigitalSignature),
        TestExtension.ExtendedKeyUsage("1.3.6.1.5.5.7.3.1"),
        TestExtension.DnsNames(ServerName));

    internal CertificateTemplate Root { get; init; } = DefaultRoot;

    /// <summary>Downwards.</summary>
    internal IReadOnlyList<CertificateTemplate> Authorities { get; init; } = [DefaultAuthority];

    internal CertificateTemplate Server { get; init; } = DefaultServer;

    internal DateTimeOffset Time { get; init; } = Now;

    /// <summary>The root's certificate.</summary>
    internal byte[] Anchor => Root.Sign(Root.SubjectBytes, Root.Key);

    internal static TestPath WithServer(params TestExtension[] extensions) => new() { Server = DefaultServer.With(extensions) };

    internal static TestPath WithAuthority(params TestExtension[] extensions) => new() { Authorities = [DefaultAuthority.With(extensions)] };

    internal static TestPath WithRoot(params TestExtension[] extensions) => new() { Root = DefaultRoot.With(extensions) };

    /// <summary>Another authority of its own name and key.</summary>
    internal static CertificateTemplate Authority(string name, params TestExtension[] extensions) =>
        (DefaultAuthority with { Subject = $"CN={name}", Key = TestKey.P256() }).With(extensions);

    /// <summary>What the server sends: its own first, without the root.</summary>
    internal IReadOnlyList<byte[]> Sent()
    {
        var issuer = Root;
        var sent = new List<byte[]>();
        foreach (var template in Authorities.Append(Server))
        {
            sent.Insert(0, template.Sign(issuer.SubjectBytes, issuer.Key));
            issuer = template;
        }

        return sent;
    }

    internal void IsAccepted(string serverName = ServerName)
    {
        var (anchor, sent) = (Anchor, Sent());
        CheckRules(anchor, sent, serverName);
        Validate(anchor, sent, serverName);
    }

    internal TlsCertificateException IsRefused(TlsCertificateStatus status, string serverName = ServerName)
    {
        var (anchor, sent) = (Anchor, Sent());
        var byRules = Assert.Throws<TlsCertificateException>(() => CheckRules(anchor, sent, serverName));
        var refusal = Assert.Throws<TlsCertificateException>(() => Validate(anchor, sent, serverName));
        Assert.Equal(status, byRules.Status);
        Assert.Equal(status, refusal.Status);
        Assert.EndsWith(refusal.RemedyText, refusal.Message, StringComparison.Ordinal);
        return refusal;
    }

    /// <summary>By our rules alone, where platforms are stricter.</summary>
    internal void IsAcceptedByRules() => CheckRules(Anchor, Sent(), ServerName);

    /// <summary>By our rules alone, where platforms differ.</summary>
    internal TlsCertificateException IsRefusedByRules(string serverName = ServerName)
    {
        var (anchor, sent) = (Anchor, Sent());
        return Assert.Throws<TlsCertificateException>(() => CheckRules(anchor, sent, serverName));
    }

    internal void Validate(byte[] anchor, IReadOnlyList<byte[]> sent, string serverName) =>
        new CertificateValidator(TrustIn(anchor), Time).Validate(sent, serverName);

    internal static TlsTrust TrustIn(params byte[][] anchors) =>
        TlsTrust.FromPem(string.Join('\n', anchors.Select(anchor => PemEncoding.WriteString("CERTIFICATE", anchor))));

    private void CheckRules(byte[] anchor, IReadOnlyList<byte[]> sent, string serverName)
    {
        TbsCertificate[] path = [.. sent.Append(anchor).Select(der => TbsCertificateReader.Read(der))];
        PathRules.Check(path, Time);
        ServerCertificateRules.Check(path[0], Tls.Certificates.ServerName.Parse(serverName), isAnchor: false);
    }
}
