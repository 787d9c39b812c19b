using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests.Engines;

public sealed class PreSharedKeyTests : TlsTest
{
    private const string Identity = "gateway-1";
    private const string Key = "00112233445566778899aabbccddeeff";

    [Fact]
    public async Task A_key_with_ephemeral_diffie_hellman_costs_few_bytes()
    {
        await using var server = await OpenSslServer.StartWithKeyAsync(Identity, Key, "-tls1_2");
        await using var transport = await server.ConnectAsync();
        await using var connection = await ConnectAsync(transport, Options(Key));

        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
        Assert.Equal(3, transport.Flushes.Count);
        Assert.InRange(transport.Flushes.Take(2).Sum(), 1, 230);
        Assert.InRange(connection.Info.HandshakeBytesReceived, 1, 260);
        Assert.Empty(connection.Info.ServerCertificates);
    }

    [Fact]
    public async Task A_key_alone_is_used_only_when_allowed()
    {
        await using var server = await OpenSslServer.StartWithKeyAsync(Identity, Key, "-tls1_2", "-cipher", "PSK-AES128-GCM-SHA256");
        var failure = await Assert.ThrowsAsync<TlsAlertException>(
            async () => await ConnectAsync(await server.ConnectAsync(), Options(Key)));
        Assert.Equal(TlsAlert.HandshakeFailure, failure.Alert);

        var key = new TlsPreSharedKey(Identity, Convert.FromHexString(Key)) { AllowWithoutForwardSecrecy = true };
        await using var connection = await ConnectAsync(await server.ConnectAsync(), Options(Key) with { PreSharedKey = key });
        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
    }

    [Fact]
    public async Task A_wrong_key_is_explained()
    {
        await using var server = await OpenSslServer.StartWithKeyAsync(Identity, Key, "-tls1_2");
        var failure = await Assert.ThrowsAsync<TlsAlertException>(
            async () => await ConnectAsync(await server.ConnectAsync(), Options("ff112233445566778899aabbccddeeff")));

        Assert.Equal(TlsAlert.BadRecordMac, failure.Alert);
        Assert.Contains("pre-shared key", failure.RemedyText, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    private static TlsClientOptions Options(string key) => new()
    {
        ServerName = TestAuthority.ServerName,
        PreSharedKey = TlsPreSharedKey.FromHex(Identity, key),
    };
}
