using System.Text;
using Sim800.Tls;
using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>The MQTT plugin of RabbitMQ over TLS, which is Erlang's.</summary>
[Trait("Category", "Interop")]
[Collection(RabbitMqDefinition.Name)]
public sealed class RabbitMqTlsTests(RabbitMqBroker broker)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(TlsEngine.BouncyCastle)]
    [InlineData(TlsEngine.Platform)]
    public async Task Messages_come_back_with_their_quality_and_QoS_2_is_granted_as_1(TlsEngine engine)
    {
        await using var client = await ConnectAsync(engine, "echo");
        var topic = $"tls/{engine}";
        await using var subscription = await client.SubscribeAsync(topic, MqttQoS.ExactlyOnce, Token);
        Assert.Equal(MqttQoS.AtLeastOnce, subscription.Filters[0].QoS);
        foreach (var qos in new[] { MqttQoS.AtMostOnce, MqttQoS.AtLeastOnce })
        {
            await client.PublishAsync(topic, Encoding.UTF8.GetBytes($"21.5 °C {qos}"), qos, cancellationToken: Token);
            var message = await subscription.ReadAsync(Token);
            Assert.Equal(($"21.5 °C {qos}", qos), (message.PayloadText, message.QoS));
        }

        await client.DisconnectAsync(Token);
        await client.Completion;
    }

    [Theory(Timeout = 120_000)]
    [InlineData(TlsEngine.BouncyCastle)]
    [InlineData(TlsEngine.Platform)]
    public async Task A_PUBACK_for_a_publication_of_QoS_2_ends_the_connection_with_that_reason(TlsEngine engine)
    {
        await using var client = await ConnectAsync(engine, "exactly");
        await QoS2.AssertPubAckEndsAsync(client, Token);
    }

    private async Task<MqttClient> ConnectAsync(TlsEngine engine, string name)
    {
        _ = Tool.PathOf("rabbitmq-server");
        var tls = await TlsConnection.ConnectAsync(await TcpPipe.ConnectAsync(broker.TlsPort, Token), broker.Tls(engine), Token);
        var options = new MqttClientOptions { ClientId = $"{name}{engine}", Credentials = new MqttCredentials("guest", "guest") };
        return await MqttClient.ConnectAsync(tls, options, Token);
    }
}
