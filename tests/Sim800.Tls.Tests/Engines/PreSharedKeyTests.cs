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

    [Theory]
    [InlineData("-tls1_3", TlsPreference.NewestVersion)]
    [InlineData("-tls1_2", TlsPreference.NewestVersion)]
    [InlineData("-tls1_3", TlsPreference.FewestBytes)]
    [InlineData("-tls1_2", TlsPreference.FewestBytes)]
    public async Task A_certificate_is_never_taken_in_place_of_the_key(string version, TlsPreference preference)
    {
        string[][] keys = [[], ["-psk_identity", "another", "-psk", "ff112233445566778899aabbccddeeff"]];
        foreach (var known in keys)
        {
            foreach (var acceptsAny in new[] { false, true })
            {
                await using var server = await OpenSslServer.StartAsync(SharedAuthorities.P256, [version, .. known]);
                var options = Options(Key) with { Preference = preference, Trust = SharedAuthorities.P256.Trust, DangerousAcceptAnyCertificate = acceptsAny };
                var failure = await Assert.ThrowsAnyAsync<TlsException>(async () =>
                {
                    await using var connection = await ConnectAsync(await server.ConnectAsync(), options);
                    await EchoAsync(connection, "secret\n");
                });

                Assert.False(failure.IsTransient, failure.Message);
                if (version == "-tls1_3" && preference == TlsPreference.NewestVersion)
                {
                    Assert.Equal(TlsViolation.NoPreSharedKey, Assert.IsType<TlsProtocolException>(failure).Violation);
                }
            }
        }
    }

    [Theory]
    [InlineData("TLS_AES_128_GCM_SHA256")]
    [InlineData("TLS_CHACHA20_POLY1305_SHA256")]
    [InlineData("TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256")]
    public async Task A_key_is_used_with_every_suite_of_its_hash(string suites)
    {
        await using var server = await OpenSslServer.StartWithKeyAsync(Identity, Key, "-tls1_3", "-ciphersuites", suites);
        await using var connection = await ConnectAsync(
            await server.ConnectAsync(), Options(Key) with { Preference = TlsPreference.NewestVersion });

        Assert.Equal("olleh\n", await EchoAsync(connection, "hello\n"));
        Assert.Empty(connection.Info.ServerCertificates);
    }

    private static TlsClientOptions Options(string key) => new()
    {
        ServerName = TestAuthority.ServerName,
        PreSharedKey = TlsPreSharedKey.FromHex(Identity, key),
    };
}
