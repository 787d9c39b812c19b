namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>MQTTnet.Server, a broker that .NET programs embed.</summary>
[Trait("Category", "Interop")]
public sealed class MqttNetTests(MqttNetBroker broker) : BrokerTests, IClassFixture<MqttNetBroker>
{
    protected override MqttCredentials? Credentials => null;

    protected override int Port => broker.Port;

    private protected override IReadOnlyList<BrokerDifference> Differences =>
    [
        new(BrokerHabit.GrantsHighestQoSFirst, "It sorts the filters of a SUBSCRIBE and answers in that order: the granted QoS is told of the wrong filter, and messages come with the right one."),
        new(BrokerHabit.ForgetsWhatItReceivedOfQoS2, "It passes a PUBLISH of QoS 2 on as it comes and keeps no packet identifiers: one that is sent again arrives again."),
        new(BrokerHabit.ForgetsWhatItSentOfQoS2, "Its session keeps a message until PUBCOMP and sends it as a new one: what a lost connection falls upon arrives twice."),
    ];

    [Fact(Timeout = 120_000)]
    public Task A_message_comes_back_with_QoS_2() => EchoAsync(MqttQoS.ExactlyOnce);

    [Fact(Timeout = 120_000)]
    public Task Many_messages_of_QoS_2_at_once_arrive_in_order() => ManyAsync(MqttQoS.ExactlyOnce, 200);
}
