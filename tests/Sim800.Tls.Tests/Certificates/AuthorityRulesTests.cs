using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Who may issue (RFC 5280 §6.1.4 k to n) and how deep (§4.2.1.9).</summary>
public sealed class AuthorityRulesTests
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const string AnyUsage = "2.5.29.37.0";

    [Fact]
    public void An_issuer_without_basic_constraints_is_no_authority() =>
        new TestPath { Authorities = [TestPath.DefaultAuthority.Without("2.5.29.19")] }.IsRefused(TlsCertificateStatus.NotAnAuthority);

    [Fact]
    public void An_issuer_whose_basic_constraints_deny_it_is_no_authority() =>
        TestPath.WithAuthority(TestExtension.Basic(isAuthority: false)).IsRefused(TlsCertificateStatus.NotAnAuthority);

    [Fact]
    public void Another_server_of_the_same_authority_cannot_issue()
    {
        var other = TestPath.DefaultServer with { Subject = "CN=other server", Key = TestKey.Other };
        new TestPath { Authorities = [TestPath.DefaultAuthority, other] }.IsRefused(TlsCertificateStatus.NotAnAuthority);
    }

    [Fact]
    public void Basic_constraints_count_also_when_they_are_not_critical() =>
        TestPath.WithAuthority(TestExtension.Basic(isAuthority: true, isCritical: false)).IsAccepted();

    [Fact]
    public void An_issuer_whose_key_may_not_sign_certificates_is_no_authority() =>
        TestPath.WithAuthority(TestExtension.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.CrlSign))
            .IsRefused(TlsCertificateStatus.NotAnAuthority);

    [Fact]
    public void An_authority_without_key_usage_is_accepted() =>
        new TestPath { Authorities = [TestPath.DefaultAuthority.Without("2.5.29.15")] }.IsAccepted();

    [Fact]
    public void A_root_of_version_3_that_denies_being_an_authority_is_refused()
    {
        var path = TestPath.WithRoot(TestExtension.Basic(isAuthority: false));
        var refusal = Assert.Throws<TlsCertificateException>(() => path.Validate(path.Anchor, path.Sent(), TestPath.ServerName));
        Assert.True(refusal.Status is TlsCertificateStatus.NotAnAuthority or TlsCertificateStatus.UnknownAuthority, $"{refusal.Status}");
    }

    [Theory]
    [InlineData(ClientAuth)]
    [InlineData("1.3.6.1.5.5.7.3.4")]
    [InlineData(AnyUsage)]
    public void An_authority_for_another_purpose_cannot_issue_for_servers(string purpose) =>
        TestPath.WithAuthority(TestExtension.ExtendedKeyUsage(purpose)).IsRefused(TlsCertificateStatus.WrongUsage);

    [Fact]
    public void A_root_for_another_purpose_cannot_issue_for_servers() =>
        TestPath.WithRoot(TestExtension.ExtendedKeyUsage(ClientAuth)).IsRefused(TlsCertificateStatus.WrongUsage);

    [Theory]
    [InlineData(ServerAuth)]
    [InlineData(ClientAuth, ServerAuth)]
    public void An_authority_for_servers_is_accepted(params string[] purposes) =>
        TestPath.WithAuthority(TestExtension.ExtendedKeyUsage(purposes)).IsAccepted();

    [Fact]
    public void The_purpose_of_every_authority_on_the_way_counts() => new TestPath
    {
        Authorities = [TestPath.Authority("for clients", TestExtension.ExtendedKeyUsage(ClientAuth)), TestPath.DefaultAuthority],
    }.IsRefused(TlsCertificateStatus.WrongUsage);

    [Fact]
    public void A_path_length_of_0_permits_a_server_below() => TestPath.WithAuthority(TestExtension.Authority(0)).IsAccepted();

    [Fact]
    public void A_path_length_of_0_permits_no_authority_below() => new TestPath
    {
        Authorities = [TestPath.Authority("upper", TestExtension.Authority(0)), TestPath.DefaultAuthority],
    }.IsRefused(TlsCertificateStatus.PathTooLong);

    [Fact]
    public void A_path_length_of_1_permits_one_authority_below() => new TestPath
    {
        Authorities = [TestPath.Authority("upper", TestExtension.Authority(1)), TestPath.DefaultAuthority],
    }.IsAccepted();

    [Fact]
    public void A_path_length_of_1_does_not_permit_two() => new TestPath
    {
        Authorities = [TestPath.Authority("upper", TestExtension.Authority(1)), TestPath.Authority("middle"), TestPath.DefaultAuthority],
    }.IsRefused(TlsCertificateStatus.PathTooLong);

    [Fact]
    public void An_authority_cannot_widen_the_path_length_above_it() => new TestPath
    {
        Authorities =
        [
            TestPath.Authority("upper", TestExtension.Authority(0)),
            TestPath.Authority("middle", TestExtension.Authority(9)),
            TestPath.DefaultAuthority,
        ],
    }.IsRefused(TlsCertificateStatus.PathTooLong);

    [Fact]
    public void The_path_length_of_the_root_counts() => (TestPath.WithRoot(TestExtension.Authority(0)) with
    {
        Authorities = [TestPath.DefaultAuthority],
    }).IsRefused(TlsCertificateStatus.PathTooLong);

    [Fact]
    public void A_path_length_of_the_root_that_suffices_is_accepted() => TestPath.WithRoot(TestExtension.Authority(1)).IsAccepted();

    [Fact]
    public void A_self_issued_authority_does_not_count_for_the_path_length()
    {
        // The same name twice: the authority changed its key (RFC 5280 §3.2).
        var old = TestPath.Authority("rolling", TestExtension.Authority(0), TestExtension.SubjectKey(1));
        var renewed = (TestPath.DefaultAuthority with { Subject = "CN=rolling" })
            .With(TestExtension.SubjectKey(2), TestExtension.AuthorityKey(1));
        new TestPath { Authorities = [old, renewed] }.IsAccepted();
    }

    [Fact]
    public void A_path_length_beyond_any_number_is_no_limit()
    {
        var huge = new TestExtension("2.5.29.19", true, Der.Raw(0x30, [0x01, 0x01, 0xFF, .. Der.Raw(0x02, [0x7F, .. new byte[9]])]));
        var path = TestPath.WithAuthority(huge);
        Sim800.Tls.Certificates.TbsCertificate[] certificates =
            [.. path.Sent().Append(path.Anchor).Select(der => Sim800.Tls.Certificates.TbsCertificateReader.Read(der))];
        Sim800.Tls.Certificates.PathRules.Check(certificates, TestPath.Now);
        Assert.Equal(int.MaxValue, certificates[1].Extensions.BasicConstraints?.PathLength);
    }
}
