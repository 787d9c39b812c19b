using System.Text;
using Sim800.Mqtt.Tests.Brokers;
using Sim800.Simulator;
using Sim800.Tls;
using TestKit;

namespace Sim800.Mqtt.Tests.Composition;

[Trait("Category", "Interop")]
public sealed class PoisonAtMosquittoTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, "size")]
    [InlineData(MqttQoS.ExactlyOnce, "control\u0001character")]
    public async Task Mosquitto_hangs_up_on_what_it_does_not_allow(MqttQoS qos, string topic)
    {
        _ = Tool.PathOf("mosquitto");
        await using var mosquitto = new MosquittoBroker("max_packet_size 2000\n");
        await mosquitto.InitializeAsync();
        var network = new SocketNetwork(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["m:1883"] = $"127.0.0.1:{mosquitto.Port}" });
        await using var modem = VirtualModem.Create(Rig.Fast with { Network = network });
        await using var client = await Sim800MqttClient.ConnectAsync(
            modem.Line,
            new Sim800MqttClientOptions
            {
                Host = "m",
                Port = 1883,
                Modem = new Modem.ModemOptions { Apn = "internet", BaudRate = 921_600 },
                Mqtt = new MqttClientOptions { ClientId = $"poison-{qos}", CleanSession = false, AllowControlCharacters = true },
                Reconnect = new Sim800ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(100), Jitter = 0 },
            },
            Token);
        var before = client.PublishAsync("ok", Payload("before"), qos, false, Token).AsTask();
        var bad = client.PublishAsync(topic, topic == "size" ? new byte[5000] : Payload("x"), qos, false, Token).AsTask();
        var after = client.PublishAsync("ok", Payload("after"), qos, false, Token).AsTask();

        var poison = await Assert.ThrowsAsync<MqttPoisonMessageException>(() => bad);
        await before;
        await after;
        Assert.Equal(topic, poison.Topic);
        TestContext.Current.TestOutputHelper?.WriteLine(poison.Message);
    }

    /// <summary>It says close_notify first, so that a record which the line had damaged is not the cause.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Behind_tls_it_hangs_up_three_times_too()
    {
        _ = Tool.PathOf("mosquitto");
        await using var mosquitto = new MosquittoOverModem();
        await mosquitto.InitializeAsync();
        await using var modem = VirtualModem.Create(Rig.Fast with { Network = mosquitto.Network });
        await using var client = await Sim800MqttClient.ConnectAsync(
            modem.Line,
            new Sim800MqttClientOptions
            {
                Host = MosquittoOverModem.Host,
                Port = 8883,
                Modem = new Modem.ModemOptions { Apn = "internet", BaudRate = 921_600 },
                Tls = new TlsClientOptions { ServerName = MosquittoOverModem.Host, Trust = TlsTrust.FromPem(mosquitto.AuthorityPem) },
                Mqtt = new MqttClientOptions { ClientId = "poison", CleanSession = false, AllowControlCharacters = true },
                Reconnect = new Sim800ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(100), Jitter = 0 },
            },
            Token);

        var poison = await Assert.ThrowsAsync<MqttPoisonMessageException>(
            () => client.PublishAsync("control\u0001character", Payload("x"), MqttQoS.AtLeastOnce, false, Token).AsTask());
        Assert.Equal(3, poison.Connections);
    }

    private static byte[] Payload(string text) => Encoding.UTF8.GetBytes(text);
}
