namespace Sim800.Mqtt.Session;

/// <summary>
/// How many messages may be unacknowledged at a time: all together, and of QoS 2 alone. A server keeps state for each open
/// message of QoS 2, and some hang up on a client that has more of them open than they allow, which MQTT 3.1.1 has no way
/// to tell.
/// </summary>
internal sealed class InFlightWindow(int all, int exactlyOnce)
{
    private int _open;
    private int _openExactlyOnce;

    internal bool IsOpenFor(MqttQoS qos) =>
        _open < all && (qos != MqttQoS.ExactlyOnce || _openExactlyOnce < exactlyOnce);

    internal void Add(MqttQoS qos) => Count(qos, 1);

    internal void Remove(MqttQoS qos) => Count(qos, -1);

    internal void Clear() => (_open, _openExactlyOnce) = (0, 0);

    private void Count(MqttQoS qos, int change)
    {
        _open += change;
        _openExactlyOnce += qos == MqttQoS.ExactlyOnce ? change : 0;
    }
}
