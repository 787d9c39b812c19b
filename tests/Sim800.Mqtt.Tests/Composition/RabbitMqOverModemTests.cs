using System.Text;
using Sim800.Modem;
using Sim800.Mqtt.Tests.Brokers;
using Sim800.Simulator;
using Sim800.Tls;
using TestKit;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>The whole stack against RabbitMQ's MQTT plugin, through the virtual modem.</summary>
[Trait("Category", "Interop")]
[Collection(RabbitMqDefinition.Name)]
public sealed class RabbitMqOverModemTests(RabbitMqBroker broker)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(1883, TlsEngine.BouncyCastle)]
    [InlineData(8883, TlsEngine.BouncyCastle)]
    [InlineData(8883, TlsEngine.Platform)]
    public async Task Messages_come_back_with_their_quality_and_QoS_2_is_granted_as_1(int port, TlsEngine engine)
    {
        _ = Tool.PathOf("rabbitmq-server");
        await using var modem = VirtualModem.Create(Rig.Fast with { Network = broker.Network });
        await using var client = await Sim800MqttClient.ConnectAsync(modem.Line, Options(port, engine), Token);
        var topic = $"modem/{port}/{engine}";
        await using var subscription = await client.SubscribeAsync(topic, MqttQoS.ExactlyOnce, Token);
        Assert.Equal(MqttQoS.AtLeastOnce, subscription.Filters[0].QoS);
        foreach (var qos in new[] { MqttQoS.AtMostOnce, MqttQoS.AtLeastOnce })
        {
            await client.PublishAsync(topic, Encoding.UTF8.GetBytes($"21.5 °C {qos}"), qos, cancellationToken: Token);
            var message = await subscription.ReadAsync(Token);
            Assert.Equal(($"21.5 °C {qos}", qos), (message.PayloadText, message.QoS));
        }

        await client.DisconnectAsync(Token);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(1883, TlsEngine.BouncyCastle)]
    [InlineData(8883, TlsEngine.BouncyCastle)]
    [InlineData(8883, TlsEngine.Platform)]
    public async Task A_PUBACK_for_a_publication_of_QoS_2_is_told_and_the_message_is_kept(int port, TlsEngine engine)
    {
        _ = Tool.PathOf("rabbitmq-server");
        await using var modem = VirtualModem.Create(Rig.Fast with { Network = broker.Network });
        var options = Options(port, engine);
        await using var client = await Sim800MqttClient.ConnectAsync(
            modem.Line, options with { Mqtt = options.Mqtt with { ClientId = $"exactly{port}{engine}" } }, Token);

        var publishing = client.PublishAsync("exactly/once", "2"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: Token).AsTask();
        var told = await client.WatchAsync(Token).FirstAsync(status => status.Reason is not null, Token);

        var reason = Assert.IsType<MqttProtocolException>(told.Reason is MqttProtocolException ? told.Reason : told.Reason?.InnerException);
        Assert.Equal(MqttProtocolError.UnexpectedAcknowledgement, reason.Error);
        Assert.Equal(1, client.Unacknowledged);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
    }

    [Fact(Timeout = 120_000)]
    public async Task Its_tls_without_extended_master_secret_is_told_once_and_not_tried_for_ever()
    {
        _ = Tool.PathOf("rabbitmq-server");
        await using var modem = VirtualModem.Create(Rig.Fast with { Network = broker.Network });
        var options = Options(8883, TlsEngine.BouncyCastle);
        await using var client = Sim800MqttClient.Start(
            modem.Line, options with { Tls = options.Tls! with { RequireExtendedMasterSecret = true } });

        var refusal = await Assert.ThrowsAsync<TlsProtocolException>(() => client.Completion.WaitAsync(Token));

        Assert.Equal(TlsViolation.NoExtendedMasterSecret, refusal.Violation);
        Assert.Contains("RequireExtendedMasterSecret", refusal.RemedyText, StringComparison.Ordinal);
    }

    private Sim800MqttClientOptions Options(int port, TlsEngine engine) => new()
    {
        Host = RabbitMqBroker.Host,
        Port = port,
        Modem = new ModemOptions { Apn = "internet", BaudRate = 921_600 },
        Tls = broker.Tls(engine),
        Mqtt = new MqttClientOptions
        {
            ClientId = $"gateway{port}{engine}",
            Credentials = new MqttCredentials("guest", "guest"),
            CleanSession = false,
        },
        Reconnect = new Sim800ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(100) },
    };
}
