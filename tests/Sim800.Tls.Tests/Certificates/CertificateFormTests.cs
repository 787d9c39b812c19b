using System.Text;
using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>The fields of a certificate (RFC 5280 §4.1).</summary>
public sealed class CertificateFormTests
{
    private static readonly byte[] Critical = [0x01, 0x01, 0xFF];

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_server_that_is_not_of_version_3_is_malformed(int? version) =>
        Server(server => server with { Version = version }).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void Version_1_without_extensions_is_malformed_for_a_server() =>
        Server(server => server with { Version = null, Extensions = [] }).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void A_root_of_version_1_is_accepted() =>
        new TestPath { Root = TestPath.DefaultRoot with { Version = null, Extensions = [] } }.IsAccepted();

    [Fact]
    public void An_authority_of_version_1_is_refused() =>
        new TestPath { Authorities = [TestPath.DefaultAuthority with { Version = null, Extensions = [] }] }
            .IsRefused(TlsCertificateStatus.Malformed);

    [Theory]
    [InlineData("00")]
    [InlineData("80")]
    [InlineData("FF01")]
    [InlineData("7F0102030405060708090A0B0C0D0E0F1011121314")] // 21 octets
    [InlineData("0001")] // not the shortest form
    [InlineData("")]
    public void A_serial_number_is_positive_and_has_at_most_20_octets(string serial) =>
        Server(server => server with { Serial = Convert.FromHexString(serial) }).IsRefused(TlsCertificateStatus.Malformed);

    [Theory]
    [InlineData("01")]
    [InlineData("7F0102030405060708090A0B0C0D0E0F10111213")] // 20 octets
    [InlineData("00FF0102030405060708090A0B0C0D0E0F10111213")] // 20 octets and the sign
    public void A_serial_number_of_1_to_20_octets_is_accepted(string serial) =>
        Server(server => server with { Serial = Convert.FromHexString(serial) }).IsAccepted();

    [Fact]
    public void A_root_may_have_the_number_0_as_some_in_every_system_do() =>
        new TestPath { Root = TestPath.DefaultRoot with { Serial = [0] } }.IsAccepted();

    [Fact]
    public void The_two_signature_algorithms_must_be_the_same() =>
        Server(server => server with { InnerSignatureAlgorithm = TestKey.Root.SignatureAlgorithm(new("SHA384")) })
            .IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void A_certificate_without_an_issuer_is_malformed() =>
        Server(server => server with { IssuerDer = [0x30, 0x00] }).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void Without_a_subject_the_names_must_be_critical() =>
        Server(server => server with { SubjectDer = [0x30, 0x00] }).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void A_subject_may_be_empty_if_the_names_are_critical() =>
        Server(server => (server with { SubjectDer = [0x30, 0x00] }).With(TestExtension.DnsNames(TestPath.ServerName) with { IsCritical = true }))
            .IsAccepted();

    [Theory]
    [InlineData(0x17, "260101000000Z", 0x17, "491231235959Z", true)]
    [InlineData(0x17, "500101000000Z", 0x18, "20500101000000Z", true)] // 1950
    [InlineData(0x18, "20260101000000Z", 0x17, "491231235959Z", false)] // GeneralizedTime before 2050
    [InlineData(0x17, "2601010000Z", 0x17, "491231235959Z", false)] // no seconds
    [InlineData(0x17, "260101000000+0000", 0x17, "491231235959Z", false)] // not Zulu
    [InlineData(0x17, "260101000000Z", 0x18, "20500101000000.5Z", false)] // fractions
    [InlineData(0x17, "260101000000Z", 0x18, "205001010000Z", false)] // no seconds
    [InlineData(0x17, "261301000000Z", 0x17, "491231235959Z", false)] // month 13
    [InlineData(0x17, "260101000060Z", 0x17, "491231235959Z", false)] // second 60
    [InlineData(0x17, "490101000000Z", 0x17, "260101000000Z", false)] // ends first
    [InlineData(0x16, "260101000000Z", 0x17, "491231235959Z", false)] // an IA5String is no time
    public void Dates_are_written_as_the_profile_says(int fromTag, string from, int toTag, string to, bool isValid)
    {
        var validity = Der.Raw((byte)fromTag, Encoding.ASCII.GetBytes(from)).Concat(Der.Raw((byte)toTag, Encoding.ASCII.GetBytes(to)));
        Judge(Server(server => server with { Validity = [.. validity] }), isValid);
    }

    [Fact]
    public void A_third_date_is_malformed()
    {
        var date = Der.Raw(0x17, "490101000000Z"u8.ToArray());
        Server(server => server with { Validity = [.. date, .. date, .. date] }).IsRefused(TlsCertificateStatus.Malformed);
    }

    [Fact]
    public void Octets_behind_the_certificate_are_malformed() =>
        Server(server => server with { AfterCertificate = [0x05, 0x00] }).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void Octets_behind_the_signature_are_malformed() =>
        Server(server => server with { AfterSignature = [0x05, 0x00] }).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void Octets_behind_the_extensions_are_malformed() =>
        Server(server => server with { AfterExtensions = [0x05, 0x00] }).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void Unique_identifiers_are_refused() =>
        Server(server => server with { BeforeExtensions = Der.Raw(0x81, 0x00, 0x01) }).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void An_empty_list_of_extensions_is_malformed() =>
        Server(server => server with { ExtensionsDer = Der.Raw(0xA3, Der.Raw(0x30)) }).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void An_extension_may_appear_only_once() =>
        Server(server => server with { Extensions = [.. server.Extensions, TestExtension.DnsNames("evil.example")] })
            .IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void An_unknown_critical_extension_is_refused_by_its_number()
    {
        var refusal = TestPath.WithServer(new TestExtension("1.2.3.4.5", true, [0x05, 0x00])).IsRefused(TlsCertificateStatus.UnknownCriticalExtension);
        Assert.Contains("1.2.3.4.5", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_critical_extension_of_an_authority_is_refused() =>
        TestPath.WithAuthority(new TestExtension("1.2.3.4.5", true, [0x05, 0x00])).IsRefused(TlsCertificateStatus.UnknownCriticalExtension);

    [Fact]
    public void An_unknown_extension_that_is_not_critical_is_passed_over() =>
        TestPath.WithServer(new TestExtension("1.2.3.4.5", false, [0x05, 0x00])).IsAccepted();

    [Fact]
    public void A_criticality_written_out_as_false_is_malformed_in_all_but_a_root()
    {
        var server = TestPath.DefaultServer with { ExtensionsDer = WithDefaults(TestPath.DefaultServer) };
        new TestPath { Server = server }.IsRefused(TlsCertificateStatus.Malformed);
        var root = TestPath.DefaultRoot.With(TestExtension.SubjectKey(1));
        new TestPath { Root = root with { ExtensionsDer = WithDefaults(root) } }.IsAccepted();
    }

    [Fact]
    public void A_criticality_that_is_no_DER_boolean_is_malformed()
    {
        var extension = Der.Raw(0x30, [.. Der.Raw(0x06, 0x2A, 0x03), 0x01, 0x01, 0x01, .. Der.Raw(0x04, 0x05, 0x00)]);
        Assert.NotEqual(Critical, extension[6..9]);
        Server(server => server with { ExtensionsDer = Der.Raw(0xA3, Der.Raw(0x30, extension)) }).IsRefused(TlsCertificateStatus.Malformed);
    }

    private static byte[] WithDefaults(CertificateTemplate template) =>
        Der.Raw(0xA3, Der.Raw(0x30, [.. template.Extensions.SelectMany(one => one.Encode(writeDefault: true))]));

    private static TestPath Server(Func<CertificateTemplate, CertificateTemplate> change) => new() { Server = change(TestPath.DefaultServer) };

    private static void Judge(TestPath path, bool isValid)
    {
        if (isValid)
        {
            path.IsAccepted();
        }
        else
        {
            path.IsRefused(TlsCertificateStatus.Malformed);
        }
    }
}
