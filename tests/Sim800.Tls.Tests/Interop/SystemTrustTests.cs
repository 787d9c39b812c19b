using System.Security.Cryptography;
using Sim800.Tls.Certificates;
using Sim800.Tls.Tests.Certificates.Making;
using Sim800.Tls.Tests.Peers;
using TestKey = Sim800.Tls.Tests.Certificates.Making.TestKey;

namespace Sim800.Tls.Tests.Interop;

/// <summary>
/// The search for a path when the roots are the system's, which X509Chain alone knows. OpenSSL's variables give a process a system of
/// its own.
/// </summary>
public sealed class SystemTrustTests : IDisposable
{
    private const string Given = "SIM800_TEST_SENT";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-system-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Other_paths_to_an_authority_of_the_system_are_tried_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only OpenSSL's system can be replaced for a process.");
        var path = new TestPath();
        var (server, issuing) = (path.Sent()[0], path.Sent()[1]);
        var otherRoot = new CertificateTemplate { Subject = "CN=unknown root" }.SubjectBytes;
        var ofOtherKey = (TestPath.DefaultAuthority with { Key = TestKey.Other }).Sign(otherRoot, TestKey.Other);
        var crossSigned = TestPath.DefaultAuthority.Sign(otherRoot, TestKey.Other);
        var forbidding = TestPath.DefaultAuthority.With(TestExtension.NameConstraints(excluded: [TestExtension.Dns("example.com")]))
            .Sign(TestPath.DefaultRoot.SubjectBytes, TestKey.Root);
        var expired = (TestPath.DefaultAuthority with { NotAfter = TestPath.Now.AddDays(-1) }).Sign(TestPath.DefaultRoot.SubjectBytes, TestKey.Root);
        byte[][] others = [ofOtherKey, crossSigned, forbidding, expired];
        List<string> lines = [LineOf("accepted", server, issuing), LineOf(nameof(TlsCertificateStatus.IntermediateMissing), server)];
        foreach (var other in others)
        {
            lines.Add(LineOf("accepted", server, other, issuing));
            lines.Add(LineOf("accepted", server, issuing, other));
        }

        lines.Add(LineOf("accepted", [server, .. others, issuing]));
        lines.Add(LineOf(nameof(TlsCertificateStatus.NameConstraint), server, forbidding));
        lines.Add(LineOf(nameof(TlsCertificateStatus.UnknownAuthority), server, crossSigned));

        var root = PeerProcess.WriteFile(_folder, "root.pem", PemEncoding.WriteString("CERTIFICATE", path.Anchor));
        var sent = PeerProcess.WriteFile(_folder, "sent", string.Join('\n', lines));
        var empty = _folder.CreateSubdirectory("empty").FullName;
        var (exitCode, output) = await OtherProcess.RunAsync(
            GetType(), nameof(The_authorities_of_the_system_count), (Given, sent), ("SSL_CERT_FILE", root), ("SSL_CERT_DIR", empty));
        Assert.True(exitCode == 0, output);
        Assert.Contains("Total: 1,", output, StringComparison.Ordinal);
    }

    /// <summary>Run by itself it sees the system as it is, which knows nothing of this path; run by the other one, its lines.</summary>
    [Fact]
    public void The_authorities_of_the_system_count()
    {
        if (Environment.GetEnvironmentVariable(Given) is not { } given)
        {
            Assert.Equal(nameof(TlsCertificateStatus.UnknownAuthority), Judge([.. new TestPath().Sent()]));
            return;
        }

        Assert.All(File.ReadAllLines(given), line =>
        {
            var parts = line.Split(' ');
            Assert.Equal(parts[0], Judge([.. parts.Skip(1).Select(Convert.FromBase64String)]));
        });
    }

    private static string LineOf(string verdict, params byte[][] sent) => $"{verdict} {string.Join(' ', sent.Select(Convert.ToBase64String))}";

    private static string Judge(byte[][] sent)
    {
        try
        {
            new CertificateValidator(TlsTrust.System, TestPath.Now).Validate(sent, TestPath.ServerName);
            return "accepted";
        }
        catch (TlsCertificateException e)
        {
            return $"{e.Status}";
        }
    }
}
