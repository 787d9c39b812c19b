using System.Text;
using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

[Trait("Category", "Interop")]
public sealed class MosquittoTests(MosquittoBroker broker) : IClassFixture<MosquittoBroker>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 30_000)]
    [InlineData(MqttQoS.AtMostOnce)]
    [InlineData(MqttQoS.AtLeastOnce)]
    [InlineData(MqttQoS.ExactlyOnce)]
    public async Task A_message_comes_back_with_its_quality_of_service(MqttQoS qos)
    {
        await using var client = await ConnectAsync(new MqttClientOptions { ClientId = $"echo{(int)qos}" });
        await using var subscription = await client.SubscribeAsync($"echo/{(int)qos}", qos, Ct);
        Assert.Equal(qos, subscription.GrantedQoS);
        await client.PublishAsync($"echo/{(int)qos}", Encoding.UTF8.GetBytes("21.5 °C"), qos, cancellationToken: Ct);
        var message = await subscription.ReadAsync(Ct);
        Assert.Equal("21.5 °C", message.PayloadText);
        Assert.Equal(qos, message.QoS);
        await client.DisconnectAsync(Ct);
        await client.Completion.WaitAsync(Ct);
    }

    private async Task<MqttClient> ConnectAsync(MqttClientOptions options)
    {
        _ = Tool.PathOf("mosquitto");
        return await MqttClient.ConnectAsync(await TcpPipe.ConnectAsync(broker.Port, Ct), options, Ct);
    }
}
