using System.Text;
using Sim800.Modem;
using Sim800.Simulator;
using Sim800.Tls;
using TestKit;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>The whole stack against a broker that is not ours, through the virtual modem.</summary>
[Trait("Category", "Interop")]
public sealed class MosquittoOverModemTests(MosquittoOverModem mosquitto) : IClassFixture<MosquittoOverModem>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(1883, false, TlsEngine.BouncyCastle)]
    [InlineData(8883, false, TlsEngine.BouncyCastle)]
    [InlineData(8883, false, TlsEngine.Platform)]
    [InlineData(8083, true, TlsEngine.BouncyCastle)]
    [InlineData(8084, true, TlsEngine.BouncyCastle)]
    [InlineData(8084, true, TlsEngine.Platform)]
    public async Task Messages_of_every_quality_come_back(int port, bool webSocket, TlsEngine engine)
    {
        _ = Tool.PathOf("mosquitto");
        await using var modem = VirtualModem.Create(Rig.Fast with { Network = mosquitto.Network });
        await using var client = await Sim800MqttClient.ConnectAsync(modem.Line, Options(port, webSocket, engine), Token);

        await EchoAsync(client, $"echo/{port}/{engine}");

        await client.DisconnectAsync(Token);
    }

    [Fact(Timeout = 120_000)]
    public async Task Through_a_serial_device_too()
    {
        _ = Tool.PathOf("mosquitto");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pseudo-terminals are there on Linux only.");
        await using var modem = VirtualModem.OnPseudoTerminal(new VirtualModemOptions { Network = mosquitto.Network });
        var options = Options(8883, webSocket: false, TlsEngine.BouncyCastle);
        await using var client = await Sim800MqttClient.ConnectAsync(
            modem.DevicePath, options with { Modem = options.Modem with { BaudRate = 115_200 } }, Token);

        await EchoAsync(client, "echo/device");
    }

    [Theory(Timeout = 120_000)]
    [InlineData(8083, false, MqttEndpointMismatch.WantsWebSocket, MqttEndpointMismatch.ClosedWithoutAnswer)]
    [InlineData(8084, false, MqttEndpointMismatch.WantsWebSocket, MqttEndpointMismatch.ClosedWithoutAnswer)]
    [InlineData(8883, true, MqttEndpointMismatch.ClosedWithoutAnswer, MqttEndpointMismatch.NoMqtt)]
    public async Task The_wrong_protocol_at_a_port_is_explained(int port, bool webSocket, MqttEndpointMismatch expected, MqttEndpointMismatch orElse)
    {
        _ = Tool.PathOf("mosquitto");
        await using var modem = VirtualModem.Create(Rig.Fast with { Network = mosquitto.Network });
        var options = Options(port, webSocket, TlsEngine.BouncyCastle);

        var refusal = await Assert.ThrowsAsync<MqttEndpointException>(() => Sim800MqttClient.ConnectAsync(
            modem.Line,
            options with
            {
                Mqtt = options.Mqtt with { ConnectTimeout = TimeSpan.FromSeconds(10) },
                Reconnect = options.Reconnect with { FailFast = true },
            },
            Token));

        Assert.Contains(refusal.Mismatch, new[] { expected, orElse });
        TestContext.Current.TestOutputHelper?.WriteLine(refusal.Message);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_broker_that_is_killed_and_comes_back_loses_nothing()
    {
        _ = Tool.PathOf("mosquitto");
        await using var modem = VirtualModem.Create(Rig.Fast with { Network = mosquitto.Network });
        await using var client = await Sim800MqttClient.ConnectAsync(
            modem.Line, Options(8883, webSocket: false, TlsEngine.BouncyCastle), Token);

        await mosquitto.StopAsync();
        var publishing = Enumerable.Range(0, 20).Select(number => client
            .PublishAsync($"restart/{number}", "kept"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, Token).AsTask()).ToArray();
        await mosquitto.StartAsync();
        await Task.WhenAll(publishing);

        await using var subscription = await client.SubscribeAsync("restart/+", cancellationToken: Token);
        var missing = Enumerable.Range(0, 20).Select(number => $"restart/{number}").ToHashSet(StringComparer.Ordinal);
        while (missing.Count > 0)
        {
            missing.Remove((await subscription.ReadAsync(Token)).Topic);
        }
    }

    private static async Task EchoAsync(Sim800MqttClient client, string topic)
    {
        await using var subscription = await client.SubscribeAsync(topic, MqttQoS.ExactlyOnce, Token);
        foreach (var qos in Enum.GetValues<MqttQoS>())
        {
            await client.PublishAsync(topic, Encoding.UTF8.GetBytes($"21.5 °C {qos}"), qos, cancellationToken: Token);
            var message = await subscription.ReadAsync(Token);
            Assert.Equal(($"21.5 °C {qos}", qos), (message.PayloadText, message.QoS));
        }
    }

    private Sim800MqttClientOptions Options(int port, bool webSocket, TlsEngine engine) => new()
    {
        Host = MosquittoOverModem.Host,
        Port = port,
        UseWebSocket = webSocket,
        Modem = new ModemOptions { Apn = "internet", BaudRate = 921_600 },
        Tls = new TlsClientOptions
        {
            ServerName = MosquittoOverModem.Host,
            Engine = engine,
            Trust = TlsTrust.FromPem(mosquitto.AuthorityPem),
        },
        Mqtt = new MqttClientOptions { ClientId = $"gateway{port}{engine}", CleanSession = false },
        Reconnect = new Sim800ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(100) },
    };
}
