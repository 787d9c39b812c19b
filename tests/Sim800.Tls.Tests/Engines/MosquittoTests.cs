using System.Net.Security;
using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests.Engines;

/// <summary>The broker that most people run themselves.</summary>
public sealed class MosquittoTests : TlsTest
{
    private static readonly byte[] Accepted = [0x20, 2, 0, 0];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_broker_with_a_certificate_is_reached(TlsEngine engine)
    {
        await using var broker = await MosquittoBroker.StartAsync(SharedAuthorities.P256);
        await using var connection = await ConnectAsync(await broker.ConnectAsync(), Options(SharedAuthorities.P256, engine));

        Assert.Equal(Accepted, await MosquittoBroker.GreetAsync(connection));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_broker_that_demands_a_certificate_gets_one(TlsEngine engine)
    {
        await using var broker = await MosquittoBroker.StartAsync(
            SharedAuthorities.P256, "cafile {folder}/root.pem", "require_certificate true");
        var options = Options(SharedAuthorities.P256, engine);
        await using var connection = await ConnectAsync(
            await broker.ConnectAsync(), options with { ClientCertificate = SharedAuthorities.P256.ClientCertificate });
        Assert.Equal(Accepted, await MosquittoBroker.GreetAsync(connection));

        await Assert.ThrowsAnyAsync<TlsException>(async () =>
        {
            await using var refused = await ConnectAsync(await broker.ConnectAsync(), options);
            await MosquittoBroker.GreetAsync(refused);
        });
    }

    /// <summary>Left the choice of AES-256-GCM, it would take that, and every message would pay eight bytes.</summary>
    [Theory]
    [InlineData(TestKey.P256, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256)]
    [InlineData(TestKey.Rsa2048, TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256)]
    public async Task A_record_is_twenty_one_bytes_longer_than_the_message(TestKey key, TlsCipherSuite suite)
    {
        var authority = SharedAuthorities.Of(key);
        await using var broker = await MosquittoBroker.StartAsync(authority, "tls_version tlsv1.2");
        await using var connection = await ConnectAsync(await broker.ConnectAsync(), Options(authority));
        var (sent, received) = (connection.Info.BytesSent, connection.Info.BytesReceived);
        Assert.Equal(Accepted, await MosquittoBroker.GreetAsync(connection));

        Assert.Equal(suite, connection.Info.CipherSuite);
        Assert.Equal((MosquittoBroker.GreetingLength + 21, Accepted.Length + 21), (connection.Info.BytesSent - sent, connection.Info.BytesReceived - received));
    }

    [Fact]
    public async Task A_ticket_makes_two_flushes_of_a_greeting()
    {
        await using var broker = await MosquittoBroker.StartAsync(SharedAuthorities.P256);
        var options = Options(SharedAuthorities.P256) with { SessionCache = new TlsInMemorySessionCache() };
        await using (var first = await ConnectAsync(await broker.ConnectAsync(), options))
        {
            Assert.Equal(Accepted, await MosquittoBroker.GreetAsync(first));
        }

        await using var transport = await broker.ConnectAsync();
        await using var second = await ConnectAsync(transport, options);
        Assert.Equal(Accepted, await MosquittoBroker.GreetAsync(second));
        Assert.True(second.Info.IsResumed);
        Assert.Equal(2, transport.Flushes.Count);

        // All of it, CONNECT and CONNACK included.
        Assert.InRange(second.Info.BytesSent + second.Info.BytesReceived, 1, 640);
    }

    [Fact]
    public async Task A_pre_shared_key_is_enough()
    {
        await using var broker = await MosquittoBroker.StartWithKeyAsync("gateway-1", "00112233445566778899aabbccddeeff");
        var options = new TlsClientOptions
        {
            ServerName = TestAuthority.ServerName,
            PreSharedKey = TlsPreSharedKey.FromHex("gateway-1", "00112233445566778899aabbccddeeff"),
        };
        await using var connection = await ConnectAsync(await broker.ConnectAsync(), options);

        Assert.Equal(Accepted, await MosquittoBroker.GreetAsync(connection));
    }
}
