using Sim800.Tls.Tests.Peers;
using TestKey = Sim800.Tls.Tests.Certificates.Making.TestKey;

namespace Sim800.Tls.Tests.Interop;

/// <summary>Client certificates against a mosquitto that requires them.</summary>
[Trait("Category", "Interop")]
public sealed class MosquittoMutualTlsTests : TlsTest
{
    private const string Host = "broker.example.org";

    public static TheoryData<TlsEngine, string> EnginesAndKeys => new()
    {
        { TlsEngine.BouncyCastle, "P-256" },
        { TlsEngine.BouncyCastle, "RSA" },
        { TlsEngine.Platform, "P-256" },
        { TlsEngine.Platform, "RSA" },
    };

    [Theory]
    [MemberData(nameof(EnginesAndKeys))]
    public async Task The_broker_knows_the_client_by_its_certificate(TlsEngine engine, string key)
    {
        using var certificate = BrokerPki.Client(key == "RSA" ? TestKey.Rsa2048 : TestKey.Other, "gateway-1");
        var broker = await StartAsync();
        await using (broker)
        {
            await using var transport = await CountingTransport.ConnectAsync(broker.Port, Cancel);
            await using var connection = await ConnectAsync(transport, Options(engine) with { ClientCertificate = certificate });
            Assert.Equal(MqttGreeting.Accepted, await MqttGreeting.GreetAsync(connection, Cancel));
        }

        // use_identity_as_username: what the broker calls the client comes from the certificate. Its log is whole when it has ended.
        Assert.Contains("u'gateway-1'", broker.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Without_a_certificate_the_broker_refuses(TlsEngine engine)
    {
        await using var broker = await StartAsync();
        await using var transport = await CountingTransport.ConnectAsync(broker.Port, Cancel);
        var refusal = await Assert.ThrowsAnyAsync<TlsException>(async () =>
        {
            await using var connection = await ConnectAsync(transport, Options(engine));
            await MqttGreeting.GreetAsync(connection, Cancel);
        });
        Assert.NotEmpty(refusal.RemedyText);
    }

    [Fact]
    public async Task A_session_with_a_client_certificate_is_resumed_from_disk_with_that_certificate_alone()
    {
        await using var broker = await StartAsync();
        using var folder = new SessionsOnDisk();
        using var certificate = BrokerPki.Client(TestKey.Other, "gateway-1");
        var options = Options(TlsEngine.BouncyCastle) with { ClientCertificate = certificate, SessionCache = folder.Open(), Port = broker.Port };
        Assert.False((await VisitAsync(broker, options)).IsResumed);
        var resumed = await VisitAsync(broker, options with { SessionCache = folder.Open() });
        Assert.True(resumed.IsResumed);
        Assert.InRange(resumed.HandshakeBytesReceived, 1, 150);

        using var other = BrokerPki.Client(TestKey.Other, "gateway-2");
        Assert.False((await VisitAsync(broker, options with { ClientCertificate = other })).IsResumed);
    }

    private static async Task<TlsConnectionInfo> VisitAsync(Mosquitto broker, TlsClientOptions options)
    {
        await using var transport = await CountingTransport.ConnectAsync(broker.Port, Cancel);
        await using var connection = await ConnectAsync(transport, options);
        Assert.Equal(MqttGreeting.Accepted, await MqttGreeting.GreetAsync(connection, Cancel));
        return connection.Info;
    }

    private static TlsClientOptions Options(TlsEngine engine) => new() { ServerName = Host, Trust = BrokerPki.Trust, Engine = engine };

    private static Task<Mosquitto> StartAsync() => Mosquitto.StartAsync(folder =>
    {
        var (chain, key, root) = BrokerPki.Write(folder, TestKey.Server, Host);
        return [$"certfile {chain}", $"keyfile {key}", $"cafile {root}", "require_certificate true", "use_identity_as_username true"];
    });
}
