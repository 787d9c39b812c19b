using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Session;

/// <summary>
/// Packet identifiers of messages that were given up after they had been sent. The server may still acknowledge them, and one of QoS 2 it may
/// remember: under the same identifier it would take the next message for a repetition. So they are finished before they are free again.
/// </summary>
internal sealed class ForgottenIds
{
    private readonly Dictionary<ushort, MqttQoS> _open = [];
    private readonly Queue<ushort> _releases = new();

    internal void Add(ushort packetId, MqttQoS qos) => _open[packetId] = qos;

    /// <summary>A new connection of the same session: nothing more is heard of QoS 1; what the server may have of QoS 2 is released.</summary>
    internal void Resume(PacketIdAllocator ids)
    {
        _releases.Clear();
        foreach (var (packetId, qos) in _open)
        {
            if (qos == MqttQoS.ExactlyOnce)
            {
                _releases.Enqueue(packetId);
            }
            else
            {
                _open.Remove(packetId);
                ids.Release(packetId);
            }
        }
    }

    /// <summary>A new session: the server knows none of them.</summary>
    internal void Restart(PacketIdAllocator ids)
    {
        _releases.Clear();
        foreach (var packetId in _open.Keys)
        {
            ids.Release(packetId);
        }

        _open.Clear();
    }

    /// <summary>The next identifier for which PUBREL is to be sent.</summary>
    internal bool TryTakeRelease(out ushort packetId) => _releases.TryDequeue(out packetId);

    /// <returns>Whether the server has spoken of one of them.</returns>
    internal bool Answer(AckPacket ack, PacketIdAllocator ids)
    {
        if (!_open.ContainsKey(ack.PacketId))
        {
            return false;
        }

        if (ack.Type is not PacketType.PubRec)
        {
            _open.Remove(ack.PacketId);
            ids.Release(ack.PacketId);
        }

        return true;
    }
}
