namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>What a broker that does not know QoS 2 makes of it.</summary>
internal static class QoS2
{
    // RabbitMQ takes QoS 2 for QoS 1 and answers PUBACK, which MQTT 3.1.1 §4.3.3 does not allow: to call that delivered would
    // be to promise "exactly once" where nobody keeps it.
    internal static async Task AssertPubAckEndsAsync(MqttClient client, CancellationToken cancellationToken)
    {
        var closed = await Assert.ThrowsAsync<MqttClosedException>(async () =>
            await client.PublishAsync("exactly/once", "2"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: cancellationToken));
        var reason = Assert.IsType<MqttProtocolException>(closed.InnerException);
        Assert.Equal(MqttProtocolError.UnexpectedAcknowledgement, reason.Error);
    }
}
