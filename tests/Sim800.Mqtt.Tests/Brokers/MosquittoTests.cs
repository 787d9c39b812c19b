using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

[Trait("Category", "Interop")]
public sealed class MosquittoTests(MosquittoBroker broker) : BrokerTests, IClassFixture<MosquittoBroker>
{
    protected override MqttCredentials? Credentials => null;

    protected override int Port
    {
        get
        {
            _ = Tool.PathOf("mosquitto");
            return broker.Port;
        }
    }

    private protected override IReadOnlyList<BrokerDifference> Differences => [];

    [Fact(Timeout = 120_000)]
    public Task A_message_comes_back_with_QoS_2() => EchoAsync(MqttQoS.ExactlyOnce);

    [Fact(Timeout = 120_000)]
    public Task Many_messages_of_QoS_2_at_once_arrive_in_order() => ManyAsync(MqttQoS.ExactlyOnce, 200);

    [Fact(Timeout = 120_000)]
    public Task Messages_of_QoS_2_survive_cut_connections_and_come_once() => SurviveCutsAsync(MqttQoS.ExactlyOnce);
}
