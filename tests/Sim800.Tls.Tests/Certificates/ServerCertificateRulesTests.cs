using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>A certificate for a TLS server: its usage, and that it has names at all.</summary>
public sealed class ServerCertificateRulesTests
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    [Theory]
    [InlineData(ServerAuth, true)]
    [InlineData(ClientAuth + " " + ServerAuth, true)]
    [InlineData(ClientAuth, false)]
    [InlineData("2.5.29.37.0", false)] // any purpose, which the baseline forbids in a server's certificate
    [InlineData("1.3.6.1.5.5.7.3.3", false)] // code signing
    [InlineData("1.3.6.1.5.5.7.3.9", false)] // OCSP signing
    public void The_purpose_must_be_that_of_a_server(string purposes, bool isAccepted) =>
        Judge(TestPath.WithServer(TestExtension.ExtendedKeyUsage(purposes.Split(' '))), isAccepted);

    [Fact]
    public void A_private_authority_may_leave_the_purpose_out() =>
        new TestPath { Server = TestPath.DefaultServer.Without("2.5.29.37") }.IsAccepted();

    [Theory]
    [InlineData(X509KeyUsageFlags.DigitalSignature, true)]
    [InlineData(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true)]
    [InlineData(X509KeyUsageFlags.KeyEncipherment, false)] // RSA key exchange, which is not offered
    [InlineData(X509KeyUsageFlags.KeyAgreement, false)] // static ECDH, which is not offered
    [InlineData(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, false)] // not an authority (RFC 5280 §4.2.1.9)
    public void The_key_must_be_one_that_signs_handshakes(X509KeyUsageFlags usage, bool isAccepted) =>
        Judge(TestPath.WithServer(TestExtension.KeyUsage(usage)), isAccepted);

    [Fact]
    public void A_key_without_a_stated_usage_is_accepted() =>
        new TestPath { Server = TestPath.DefaultServer.Without("2.5.29.15") }.IsAccepted();

    [Fact]
    public void An_authority_is_no_server() => TestPath.WithServer(TestExtension.Authority()).IsRefused(TlsCertificateStatus.WrongUsage);

    [Fact]
    public void Basic_constraints_that_deny_an_authority_are_accepted() =>
        TestPath.WithServer(TestExtension.Basic(isAuthority: false)).IsAccepted();

    [Fact]
    public void A_common_name_is_no_name()
    {
        var server = (TestPath.DefaultServer with { Subject = "CN=" + TestPath.ServerName }).Without("2.5.29.17");
        var refusal = new TestPath { Server = server }.IsRefused(TlsCertificateStatus.NameMismatch);
        Assert.Contains("common name does not count", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_refusal_lists_the_names_there_are_printable_and_few()
    {
        var names = Enumerable.Range(1, 8).Select(i => $"n{i}.example.com").Prepend("evil\r\nINFO login ok\x1B[2J");
        var refusal = TestPath.WithServer(TestExtension.DnsNames([.. names])).IsRefused(TlsCertificateStatus.NameMismatch);
        Assert.Contains("not for 'broker.example.com' but for 'evil\\u000D\\u000AINFO login ok\\u001B[2J', 'n1.example.com'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("and 4 more", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    private static void Judge(TestPath path, bool isAccepted)
    {
        if (isAccepted)
        {
            path.IsAccepted();
        }
        else
        {
            path.IsRefused(TlsCertificateStatus.WrongUsage);
        }
    }
}
