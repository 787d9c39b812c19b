using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>The MQTT plugin of RabbitMQ, which knows QoS 0 and 1 and grants 1 where 2 is asked for.</summary>
[Trait("Category", "Interop")]
public sealed class RabbitMqTests(RabbitMqBroker broker) : BrokerTests, IClassFixture<RabbitMqBroker>
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

    [Fact(Timeout = 30_000)]
    public async Task A_wrong_password_is_refused_with_a_return_code()
    {
        var ct = TestContext.Current.CancellationToken;
        var transport = await TcpPipe.ConnectAsync(Port, ct);
        var options = new MqttClientOptions { ClientId = "stranger", Credentials = new MqttCredentials("guest", "wrong") };
        var e = await Assert.ThrowsAsync<MqttConnectRefusedException>(() => MqttClient.ConnectAsync(transport, options, ct));
        Assert.Equal(MqttConnectReturnCode.BadUserNameOrPassword, e.ReturnCode);
    }
}
