using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

[Trait("Category", "Interop")]
public sealed class MosquittoTests(MosquittoBroker broker) : BrokerTests, IClassFixture<MosquittoBroker>
{
    protected override MqttQoS Highest => MqttQoS.ExactlyOnce;

    protected override MqttCredentials? Credentials => null;

    protected override int Port
    {
        get
        {
            _ = Tool.PathOf("mosquitto");
            return broker.Port;
        }
    }
}
