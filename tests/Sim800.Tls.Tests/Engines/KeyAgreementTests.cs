using System.Security.Authentication;
using Org.BouncyCastle.Tls.Crypto;
using Sim800.Tls.Engines.BouncyCastle;
using Sim800.Tls.Handshake;
using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests.Engines;

/// <summary>Every group that is offered, with a server that has it alone; and points that no server may send.</summary>
public sealed class KeyAgreementTests : TlsTest
{
    /// <summary>Those of RFC 7748 whose order is small, and their twins beyond the field's size: the secret would be zero whatever our key is.</summary>
    public static TheoryData<string> PointsOfLowOrder =>
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    [Theory]
    [InlineData("X25519", 0)]
    [InlineData("P-256", 33)]
    [InlineData("P-384", 65)]
    [InlineData("P-521", 101)]
    public async Task Every_group_works_with_TLS_1_2(string group, int longerKey)
    {
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.Of(TestKey.Rsa2048), "-tls1_2", "-groups", group);
        await using var transport = await server.ConnectAsync();
        await using var connection = await ConnectAsync(transport, Options(SharedAuthorities.Of(TestKey.Rsa2048)));
        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
        Assert.Equal([131, 85 + longerKey], transport.Flushes.Take(2));
    }

    [Theory]
    [InlineData("X25519", 2)]
    [InlineData("P-256", 3)]
    [InlineData("P-384", 3)]
    [InlineData("P-521", 3)]
    public async Task Every_group_works_with_TLS_1_3(string group, int flushes)
    {
        // Another group than that of the key that comes with the hello costs a second hello.
        await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, "-tls1_3", "-groups", group);
        await using var transport = await server.ConnectAsync();
        var options = Options(SharedAuthorities.P256) with { Preference = TlsPreference.NewestVersion };
        await using var connection = await ConnectAsync(transport, options);
        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
        Assert.Equal(SslProtocols.Tls13, connection.Info.Protocol);
        Assert.Equal(flushes, transport.Flushes.Count);
    }

    [Theory]
    [MemberData(nameof(PointsOfLowOrder))]
    public void A_point_of_low_order_is_refused(string point)
    {
        RefusedPoint(Convert.FromHexString(point));
        var bytes = Convert.FromHexString(point);
        bytes[^1] |= 0x80; // the highest bit does not count (RFC 7748 §5)
        RefusedPoint(bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(65)]
    public void A_point_of_another_length_is_refused(int length)
    {
        var point = new byte[length];
        point.AsSpan().Fill(9);
        RefusedPoint(point);
    }

    [Fact]
    public void Both_sides_come_to_one_secret_and_their_keys_are_used_once()
    {
        using var crypto = new PlatformCrypto(keyLog: null, new HandshakeLimits());
        var (ours, theirs) = (Agreement(crypto), Agreement(crypto));
        ours.ReceivePeerValue(theirs.GenerateEphemeral());
        theirs.ReceivePeerValue(ours.GenerateEphemeral());
        var secret = crypto.Copy(ours.CalculateSecret());
        Assert.Equal(32, secret.Length);
        Assert.Equal(secret, crypto.Copy(theirs.CalculateSecret()));
        Assert.Throws<ObjectDisposedException>(ours.CalculateSecret);
        Assert.Throws<ObjectDisposedException>(ours.GenerateEphemeral);
    }

    private static void RefusedPoint(byte[] point)
    {
        using var crypto = new PlatformCrypto(keyLog: null, new HandshakeLimits());
        var agreement = Agreement(crypto);
        Assert.Equal(32, agreement.GenerateEphemeral().Length);
        agreement.ReceivePeerValue(point);
        var refusal = Assert.Throws<Org.BouncyCastle.Tls.TlsFatalAlert>(agreement.CalculateSecret);
        Assert.Equal((short)TlsAlert.IllegalParameter, refusal.AlertDescription);
        Assert.Equal(TlsViolation.IllegalParameter, Assert.IsType<TlsProtocolException>(refusal.InnerException).Violation);
    }

    private static TlsAgreement Agreement(PlatformCrypto crypto) =>
        crypto.CreateECDomain(new TlsECConfig(EcdheKeyAgreement.X25519)).CreateECDH();
}
