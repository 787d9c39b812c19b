using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>The MQTT plugin of RabbitMQ, which knows QoS 0 and 1 and grants 1 where 2 is asked for.</summary>
[Trait("Category", "Interop")]
[Collection(RabbitMqDefinition.Name)]
public sealed class RabbitMqTests(RabbitMqBroker broker) : BrokerTests
{
    protected override MqttCredentials? Credentials => new("guest", "guest");

    protected override int Port
    {
        get
        {
            _ = Tool.PathOf("rabbitmq-server");
            return broker.Port;
        }
    }

    private protected override IReadOnlyList<BrokerDifference> Differences =>
    [
        new(BrokerHabit.HasNoQoS2, "Its queues know one acknowledgement: it takes QoS 2 for QoS 1, and who publishes with QoS 2 is told so and disconnected."),
        new(BrokerHabit.KeepsRetainedFromWildcards, "Its store of retained messages is looked up by topic alone."),
    ];

    [Fact(Timeout = 120_000)]
    public async Task A_wrong_password_is_refused_with_a_return_code()
    {
        var ct = TestContext.Current.CancellationToken;
        var transport = await TcpPipe.ConnectAsync(Port, ct);
        var options = new MqttClientOptions { ClientId = "stranger", Credentials = new MqttCredentials("guest", "wrong") };
        var e = await Assert.ThrowsAsync<MqttConnectRefusedException>(() => MqttClient.ConnectAsync(transport, options, ct));
        Assert.Equal(MqttConnectReturnCode.BadUserNameOrPassword, e.ReturnCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_PUBACK_for_a_publication_of_QoS_2_ends_the_connection_with_that_reason()
    {
        var ct = TestContext.Current.CancellationToken;
        var options = new MqttClientOptions { ClientId = "exactly", Credentials = Credentials };
        await using var client = await MqttClient.ConnectAsync(await TcpPipe.ConnectAsync(Port, ct), options, ct);
        await QoS2.AssertPubAckEndsAsync(client, ct);
    }
}
