namespace Sim800.Mqtt.Client;

/// <summary>What MQTT has sent and received over all connections of a client. Written under the core's gate, read by anybody.</summary>
internal sealed class MqttTraffic
{
    private long _sentBytes;
    private long _receivedBytes;
    private long _messages;

    /// <summary>Bytes of control packets that the transport has taken.</summary>
    internal long SentBytes => Interlocked.Read(ref _sentBytes);

    /// <summary>Bytes of control packets that were read.</summary>
    internal long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    /// <summary>Messages for subscriptions, repetitions of QoS 2 not among them.</summary>
    internal long Messages => Interlocked.Read(ref _messages);

    internal void OnSent(long bytes) => Interlocked.Add(ref _sentBytes, bytes);

    internal void OnReceived(long bytes) => Interlocked.Add(ref _receivedBytes, bytes);

    internal void OnMessage() => Interlocked.Increment(ref _messages);
}
