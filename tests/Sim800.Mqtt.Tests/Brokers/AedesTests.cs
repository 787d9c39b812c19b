using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>aedes, a broker that Node.js programs embed.</summary>
[Trait("Category", "Interop")]
public sealed class AedesTests(AedesBroker broker) : BrokerTests, IClassFixture<AedesBroker>
{
    protected override MqttCredentials? Credentials => null;

    protected override int Port
    {
        get
        {
            _ = Tool.PathOf("node");
            NodePackage.Demand("aedes");
            return broker.Port;
        }
    }

    private protected override IReadOnlyList<BrokerDifference> Differences =>
    [
        new(BrokerHabit.DeliversAboveGrant, "It sends what was published above QoS 0 with the QoS of its publisher: the message costs two packets more, and is delivered."),
        new(BrokerHabit.MayRepeatWhatWaited, "The PUBLISH comes again with the same packet identifier and without DUP although PUBREC was read: to the client it is a new message."),
        new(BrokerHabit.MayMissTheGoodbye, "It reads its sockets in turns of the event loop, and may come to the new one first."),
    ];

    [Fact(Timeout = 120_000)]
    public Task A_message_comes_back_with_QoS_2() => EchoAsync(MqttQoS.ExactlyOnce);

    [Fact(Timeout = 120_000)]
    public Task Many_messages_of_QoS_2_at_once_arrive_in_order() => ManyAsync(MqttQoS.ExactlyOnce, 200);
}
