using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Certificates;
using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Finding a path to an authority that is trusted (RFC 5280 §6.1.1 d).</summary>
public sealed class CertificateValidatorTests
{
    private static readonly TestPath Path = new();

    [Fact]
    public void Another_root_is_an_unknown_authority()
    {
        var other = TestPath.DefaultRoot with { Subject = "CN=another root", Key = TestKey.Other };
        var refusal = Refused(TlsCertificateStatus.UnknownAuthority, Path.Sent(), TestPath.TrustIn(other.Sign(other.SubjectBytes, other.Key)));
        Assert.Equal(TlsAlert.UnknownCa, refusal.Alert);
        Assert.Contains("whose issuer 'CN=root, O=Test' is not trusted", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_of_the_same_name_with_another_key_is_not_trusted()
    {
        var impostor = TestPath.DefaultRoot with { Key = TestKey.Other };
        Assert.Throws<TlsCertificateException>(
            () => Validate(Path.Sent(), TestPath.TrustIn(impostor.Sign(impostor.SubjectBytes, impostor.Key))));
    }

    [Fact]
    public void A_root_the_server_sends_along_is_not_trusted_for_that()
    {
        var refusal = Refused(TlsCertificateStatus.UnknownAuthority, [.. Path.Sent(), Path.Anchor], TlsTrust.System);
        Assert.Contains("ends in 'CN=root, O=Test', which is not trusted", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_the_server_sends_along_does_no_harm() => Validate([.. Path.Sent(), Path.Anchor], TestPath.TrustIn(Path.Anchor));

    [Fact]
    public void A_missing_intermediate_is_called_by_its_name()
    {
        var refusal = Refused(TlsCertificateStatus.IntermediateMissing, [Path.Sent()[0]], TestPath.TrustIn(Path.Anchor));
        Assert.Contains("'CN=issuing, O=Test', was not sent", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(TlsAlert.UnknownCa, refusal.Alert);
    }

    [Fact]
    public void An_intermediate_in_the_trust_file_makes_up_for_the_server() =>
        Validate([Path.Sent()[0]], TestPath.TrustIn(Path.Anchor, Path.Sent()[1]));

    [Fact]
    public void An_intermediate_alone_in_the_trust_file_is_no_authority() =>
        Refused(TlsCertificateStatus.UnknownAuthority, Path.Sent(), TestPath.TrustIn(Path.Sent()[1]));

    [Fact]
    public void The_order_of_intermediates_does_not_matter()
    {
        var path = new TestPath { Authorities = [TestPath.Authority("upper"), TestPath.DefaultAuthority] };
        var sent = path.Sent();
        Validate([sent[0], sent[2], sent[1]], TestPath.TrustIn(path.Anchor));
    }

    [Fact]
    public void Certificates_that_are_not_on_the_path_do_no_harm()
    {
        var stray = TestPath.DefaultAuthority with { Subject = "CN=stray", Key = TestKey.Other };
        Validate([.. Path.Sent(), stray.Sign(stray.SubjectBytes, stray.Key)], TestPath.TrustIn(Path.Anchor));
    }

    [Fact]
    public void A_server_that_names_another_issuer_than_the_one_that_signed_is_refused()
    {
        // RFC 5280 §6.1.3 a 4: the names must chain, not the keys alone.
        var path = new TestPath { Server = TestPath.DefaultServer with { IssuerDer = new CertificateTemplate { Subject = "CN=else" }.SubjectBytes } };
        Refused(TlsCertificateStatus.IntermediateMissing, path.Sent(), TestPath.TrustIn(path.Anchor));
    }

    [Fact]
    public void A_server_that_names_another_key_of_its_issuer_is_refused()
    {
        var path = new TestPath
        {
            Authorities = [TestPath.DefaultAuthority.With(TestExtension.SubjectKey(2))],
            Server = TestPath.DefaultServer.With(TestExtension.AuthorityKey(9)),
        };
        Refused(TlsCertificateStatus.UnknownAuthority, path.Sent(), TestPath.TrustIn(path.Anchor));
    }

    [Fact]
    public void Letter_case_and_spaces_do_not_keep_names_from_chaining()
    {
        var path = new TestPath { Server = TestPath.DefaultServer with { IssuerDer = new CertificateTemplate { Subject = "CN=ISSUING, O=test" }.SubjectBytes } };
        Validate(path.Sent(), TestPath.TrustIn(path.Anchor));
    }

    [Fact]
    public void A_root_may_issue_a_server_itself()
    {
        var path = new TestPath { Authorities = [] };
        path.IsAccepted();
    }

    [Fact]
    public void A_cross_signed_root_leads_to_the_one_that_is_trusted()
    {
        var old = TestPath.DefaultRoot with { Subject = "CN=old root", Key = TestKey.Other };
        var cross = TestPath.DefaultRoot.Sign(old.SubjectBytes, old.Key);
        Validate([.. Path.Sent(), cross], TestPath.TrustIn(Path.Anchor));
        Validate([.. Path.Sent(), cross], TestPath.TrustIn(old.Sign(old.SubjectBytes, old.Key)));
    }

    [Fact]
    public void A_self_signed_server_is_an_unknown_authority()
    {
        var own = SelfSigned();
        var refusal = Refused(TlsCertificateStatus.UnknownAuthority, [own], TestPath.TrustIn(Path.Anchor));
        Assert.Contains("signed by itself", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_self_signed_server_can_be_trusted_itself()
    {
        // Two of the same name and key: the one before its renewal, and the one in use.
        var (old, renewed) = (SelfSigned(serial: 7), SelfSigned(serial: 8));
        Validate([renewed], TestPath.TrustIn(old, renewed));
        Validate([old], TestPath.TrustIn(old, renewed));
    }

    [Fact]
    public void A_self_signed_server_that_is_trusted_still_has_to_have_the_name()
    {
        var own = SelfSigned();
        var trust = TestPath.TrustIn(own);
        var refusal = Assert.Throws<TlsCertificateException>(() => new CertificateValidator(trust, TestPath.Now).Validate([own], "other.example"));
        Assert.Equal(TlsCertificateStatus.NameMismatch, refusal.Status);
    }

    [Fact]
    public void No_certificate_and_too_many_are_malformed()
    {
        var trust = TestPath.TrustIn(Path.Anchor);
        Refused(TlsCertificateStatus.Malformed, [], trust);
        Refused(TlsCertificateStatus.Malformed, [.. Enumerable.Repeat(Path.Sent()[0], 11)], trust);
        Validate([.. Path.Sent(), .. Enumerable.Repeat(Path.Sent()[1], 8)], trust);
    }

    [Fact]
    public void A_certificate_of_more_than_32_KB_is_malformed()
    {
        var large = TestPath.WithServer(new TestExtension("1.2.3.4", false, new byte[33_000]));
        large.IsRefused(TlsCertificateStatus.Malformed);
        TestPath.WithServer(new TestExtension("1.2.3.4", false, new byte[31_000])).IsAccepted();
    }

    [Fact(Timeout = 120_000)]
    public async Task No_address_that_a_certificate_names_is_asked()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = TestExtension.Uri($"http://{listener.LocalEndpoint}/issuer.crt");
        var path = TestPath.WithServer(
            new TestExtension("1.3.6.1.5.5.7.1.1", false, Der.Sequence(writer => // authority information access: where the issuer and the responder are
            {
                foreach (var method in new[] { "1.3.6.1.5.5.7.48.2", "1.3.6.1.5.5.7.48.1" })
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(method);
                        writer.WriteEncodedValue(address);
                    }
                }
            })),
            new TestExtension("2.5.29.31", false, Der.Sequence(writer => // where the revocation list is
                writer.WriteEncodedValue(Der.Raw(0x30, Der.Raw(0xA0, Der.Raw(0xA0, address)))))));
        Refused(TlsCertificateStatus.IntermediateMissing, [path.Sent()[0]], TestPath.TrustIn(path.Anchor));
        Validate(path.Sent(), TestPath.TrustIn(path.Anchor));
        Assert.False(listener.Pending());

        using var chain = new X509Chain { ChainPolicy = { UrlRetrievalTimeout = TimeSpan.FromSeconds(30), RevocationMode = X509RevocationMode.NoCheck, VerificationTime = TestPath.Now.UtcDateTime } };
        var asked = listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        var building = Task.Run(() => chain.Build(X509CertificateLoader.LoadCertificate(path.Sent()[0])), TestContext.Current.CancellationToken);
        (await asked).Dispose(); // the platform would ask
        Assert.False(await building);
    }

    private static byte[] SelfSigned(byte serial = 7)
    {
        // What "openssl req -x509" makes: an authority without a purpose.
        var template = (TestPath.DefaultServer with { Serial = [serial] }).Without("2.5.29.37").Without("2.5.29.15").With(TestExtension.Authority());
        return template.Sign(template.SubjectBytes, template.Key);
    }

    private static void Validate(IReadOnlyList<byte[]> sent, TlsTrust trust) =>
        new CertificateValidator(trust, TestPath.Now).Validate(sent, TestPath.ServerName);

    private static TlsCertificateException Refused(TlsCertificateStatus status, IReadOnlyList<byte[]> sent, TlsTrust trust)
    {
        var refusal = Assert.Throws<TlsCertificateException>(() => Validate(sent, trust));
        Assert.Equal(status, refusal.Status);
        return refusal;
    }
}
