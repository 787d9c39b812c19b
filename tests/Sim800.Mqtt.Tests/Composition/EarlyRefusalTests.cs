using Sim800.Modem;
using Sim800.Simulator;
using Sim800.Tls;
using TestKit;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>A broker that is not ours refuses while messages ride along with CONNECT: it answers, and then closes on what it does
/// not want to read. The refusal must not be lost to the failure of the writes behind it.</summary>
[Trait("Category", "Interop")]
public sealed class EarlyRefusalTests(MosquittoOverModem mosquitto) : IClassFixture<MosquittoOverModem>
{
    private const int Messages = 12;

    private static int Times => Extent.Of(sample: 1, full: 5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(MosquittoOverModem.GuardedPort, false, TlsEngine.BouncyCastle)]
    [InlineData(MosquittoOverModem.GuardedTlsPort, false, TlsEngine.BouncyCastle)]
    [InlineData(MosquittoOverModem.GuardedTlsPort, false, TlsEngine.Platform)]
    [InlineData(MosquittoOverModem.GuardedWebSocketPort, true, TlsEngine.BouncyCastle)]
    public async Task A_wrong_password_is_told_every_time(int port, bool webSocket, TlsEngine engine)
    {
        _ = Tool.PathOf("mosquitto");
        var network = new GatedNetwork(mosquitto.Network);
        await using var device = VirtualModem.Create(Rig.Fast with { Network = network });
        var options = Options(port, webSocket, engine);
        await using var modem = await CellularModem.OpenAsync(device.Line, options.Modem, Token);
        for (var time = 0; time < Times; time++)
        {
            network.Close();
            await using var client = Sim800MqttClient.Start(modem, options);
            var publishing = Enumerable.Range(0, Messages)
                .Select(_ => client.PublishAsync("t", new byte[1000], MqttQoS.AtLeastOnce, cancellationToken: Token).AsTask()).ToArray();
            network.Open();

            var refusal = await Assert.ThrowsAsync<MqttConnectRefusedException>(() => client.Completion.WaitAsync(Token));

            Assert.Equal(MqttConnectReturnCode.NotAuthorized, refusal.ReturnCode);
            foreach (var waiting in publishing)
            {
                Assert.Same(refusal, (await Assert.ThrowsAsync<MqttClosedException>(() => waiting)).InnerException);
            }

            Assert.Equal(Messages, client.Unacknowledged);
        }
    }

    private Sim800MqttClientOptions Options(int port, bool webSocket, TlsEngine engine) => new()
    {
        Host = MosquittoOverModem.Host,
        Port = port,
        UseTls = port == MosquittoOverModem.GuardedTlsPort,
        UseWebSocket = webSocket,
        Modem = new ModemOptions { Apn = "internet", BaudRate = 921_600 },
        Tls = new TlsClientOptions
        {
            ServerName = MosquittoOverModem.Host,
            Engine = engine,
            Trust = TlsTrust.FromPem(mosquitto.AuthorityPem),
        },
        Mqtt = new MqttClientOptions { ClientId = "gateway", CleanSession = false, Credentials = new MqttCredentials("u", "wrong") },
    };
}
