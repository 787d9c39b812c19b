using Sim800.Tls.Tests.Hostile.Tls13;
using Sim800.Tls.Tests.Peers;
using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>Limits on what a server may send are ours with every engine, and told as ours.</summary>
public sealed class LongHandshakeTests : TlsTest
{
    private const int Long = 37 * 1024;

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_certificate_of_37_KB_is_not_blamed_on_the_way(TlsEngine engine)
    {
        using var victim = new Victim(engine, new ScriptedTls12Server(SharedAuthorities.P256.Identity) { Leaf = new byte[Long] });
        var failure = Assert.Throws<TlsProtocolException>(() => victim.Offer(ScriptedTlsServer.Clear(victim.Server.Answer(victim.Hello))));
        IsExplained(failure);
    }

    [Fact]
    public void Nor_is_one_under_the_keys_of_TLS_1_3()
    {
        using var victim = new Victim13(TlsEngine.BouncyCastle, leaf: new byte[Long]);
        IsExplained(Assert.Throws<TlsProtocolException>(() => victim.Offer(victim.Server.Handshake(victim.Answer()))));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_chain_of_more_certificates_than_are_accepted_is_counted(TlsEngine engine)
    {
        var authority = SharedAuthorities.P256;
        var server = new ScriptedTls12Server(authority.Identity) { Others = [.. Enumerable.Repeat(authority.Intermediate.RawData, 20)] };
        using var victim = new Victim(engine, server, validates: true);
        var failure = Assert.Throws<TlsCertificateException>(() => victim.Run(ScriptedTlsServer.Clear));
        Assert.Contains("21 certificates", failure.Message, StringComparison.Ordinal);
    }

    private static void IsExplained(TlsProtocolException failure)
    {
        Assert.Equal(TlsViolation.HandshakeTooLong, failure.Violation);
        Assert.Contains("32 KB", failure.Message, StringComparison.Ordinal);
        Assert.Contains("fewer certificates", failure.RemedyText, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }
}
