using Sim800.Tls.Tests.Certificates.Making;
using Sim800.Tls.Tests.Hostile.Tls13;
using Sim800.Tls.Tests.Peers;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>
/// A certificate is judged, pinned and reported as the bytes that the server sent: a second encoding of the same certificate is
/// another certificate, and one that is not DER is none.
/// </summary>
public sealed class ExactBytesTests : TlsTest
{
    private static TestAuthority Authority => SharedAuthorities.P256;

    [Theory]
    [MemberData(nameof(EnginesAndVersions))]
    public void A_certificate_that_was_signed_again_is_accepted(TlsEngine engine, bool isTls13) =>
        Assert.Null(Run(engine, isTls13, Ber.Unchanged(Authority.Server, Authority.Intermediate)));

    [Theory]
    [MemberData(nameof(EnginesAndVersions))]
    public void Every_form_that_is_not_DER_is_refused(TlsEngine engine, bool isTls13)
    {
        var forms = Ber.FormsOf(Authority.Server, Authority.Intermediate).Where(form => form.IsSigned || !IsDecodedBySslStream(engine, isTls13)).ToList();
        Assert.InRange(forms.Count, 80, 1000);
        var accepted = new List<string>();
        foreach (var (form, _, der) in forms)
        {
            var failure = Run(engine, isTls13, der);
            if (failure is not (TlsCertificateException { Status: TlsCertificateStatus.Malformed or TlsCertificateStatus.BadSignature }
                or TlsProtocolException { Violation: TlsViolation.Malformed }))
            {
                accepted.Add($"{form}: {failure?.Message ?? "accepted"}");
            }
        }

        Assert.True(accepted.Count == 0, string.Join('\n', accepted));
    }

    [Theory]
    [InlineData(TlsEngine.BouncyCastle, false)]
    [InlineData(TlsEngine.BouncyCastle, true)]
    [InlineData(TlsEngine.Platform, false)]
    public void What_is_reported_is_what_was_sent(TlsEngine engine, bool isTls13)
    {
        var form = Ber.FormsOf(Authority.Server, Authority.Intermediate).First();
        Assert.False(form.IsSigned);
        using var victim = Connect(engine, isTls13, form.Der, validates: false);
        Assert.Equal(form.Der, victim.Engine.Negotiated.ServerCertificates[0]);
    }

    /// <summary>There the envelope around what the authority has signed is the platform's own encoding, whatever the server sent.</summary>
    [Fact]
    public void With_TLS_1_3_SslStream_shows_what_was_signed_as_it_was_sent()
    {
        var envelope = Ber.FormsOf(Authority.Server, Authority.Intermediate).First();
        using var victim = Connect(TlsEngine.Platform, isTls13: true, envelope.Der, validates: true);
        Assert.Equal(Authority.Server.RawData, victim.Engine.Negotiated.ServerCertificates[0]);
    }

    public static TheoryData<TlsEngine, bool> EnginesAndVersions()
    {
        var data = new TheoryData<TlsEngine, bool>();
        foreach (var engine in Enum.GetValues<TlsEngine>())
        {
            data.Add(engine, false);
            data.Add(engine, true);
        }

        return data;
    }

    private static bool IsDecodedBySslStream(TlsEngine engine, bool isTls13) => engine == TlsEngine.Platform && isTls13;

    private static Exception? Run(TlsEngine engine, bool isTls13, byte[] leaf) =>
        Xunit.Record.Exception(() => Connect(engine, isTls13, leaf, validates: true).Dispose());

    private static AttackedEngine Connect(TlsEngine engine, bool isTls13, byte[] leaf, bool validates)
    {
        if (isTls13)
        {
            var victim13 = new Victim13(engine, validates, leaf);
            victim13.Offer(victim13.Server.Handshake(victim13.Answer()));
            victim13.Offer(victim13.Server.Protect(TlsRecordType.ApplicationData, "hello"u8));
            Assert.Equal("hello"u8.ToArray(), victim13.Plaintext);
            return victim13;
        }

        var victim = new Victim(engine, new ScriptedTls12Server(Authority.Identity) { Leaf = leaf }, validates);
        victim.Offer(ScriptedTlsServer.Clear(victim.Server.Answer(victim.Hello)));
        victim.Offer([.. victim.Server.Finish(victim.TakeOutput()).SelectMany(record => record)]);
        victim.Offer(victim.Server.Protect(TlsRecordType.ApplicationData, "hello"u8));
        Assert.Equal("hello"u8.ToArray(), victim.Plaintext);
        return victim;
    }
}
