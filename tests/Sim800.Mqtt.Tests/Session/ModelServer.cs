using System.Text;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Tests.Session;

/// <summary>
/// The server's half of QoS 1 and 2 as MQTT 3.1.1 §4.3 tells it, in the plainest form. Its state survives connections
/// unless the client asks for a clean session.
/// </summary>
internal sealed class ModelServer
{
    private readonly HashSet<ushort> _unreleased = [];
    private readonly SortedDictionary<long, Sending> _sending = [];
    private readonly HashSet<string> _seenFirst = [];
    private bool _hasSession;
    private bool _isConnected;
    private ushort _lastId;
    private long _lastOrder;

    internal List<string> Received { get; } = [];

    internal Queue<byte[]> Outgoing { get; } = new();

    internal string State => $"{_isConnected} {_hasSession} {string.Join(',', _unreleased)} {string.Join(',', _sending.Values)} {string.Join(',', Outgoing.Select(packet => Wire.Hex(packet)))}";

    internal bool IsIdle => _sending.Count == 0 && _unreleased.Count == 0;

    internal void Publish(string text, MqttQoS qos)
    {
        do
        {
            _lastId = _lastId == 5 ? (ushort)1 : (ushort)(_lastId + 1);
        }
        while (_sending.Values.Any(open => open.Id == _lastId) && _sending.Count < 5);

        if (_sending.Count >= 5)
        {
            return;
        }

        var sending = new Sending(_lastId, text, qos, IsReleased: false);
        _sending.Add(++_lastOrder, sending);
        Send(sending, duplicate: false);
    }

    internal void Lose()
    {
        _isConnected = false;
        Outgoing.Clear();
    }

    internal void Receive(MqttFrame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Connect:
                Connect(ConnectPacket.Read(frame).CleanSession);
                break;
            case PacketType.Publish:
                Receive(PublishPacket.Read(frame));
                break;
            case PacketType.PubRel:
                Assert.True(_isConnected);
                _unreleased.Remove(AckPacket.Read(frame).PacketId);
                Send(new AckPacket(PacketType.PubComp, AckPacket.Read(frame).PacketId).Write);
                break;
            default:
                ReceiveAcknowledgement(AckPacket.Read(frame));
                break;
        }
    }

    private void Connect(bool isClean)
    {
        var isPresent = _hasSession && !isClean;
        if (!isPresent)
        {
            _unreleased.Clear();
            _sending.Clear();
        }

        (_hasSession, _isConnected) = (!isClean, true);
        Send(new ConnAckPacket(isPresent, MqttConnectReturnCode.Accepted).Write);
        foreach (var sending in _sending.Values)
        {
            Send(sending, duplicate: true);
        }
    }

    private void Receive(PublishPacket packet)
    {
        var text = Encoding.UTF8.GetString(packet.Payload.FirstSpan);
        if (!packet.Duplicate)
        {
            Assert.True(_seenFirst.Add(text) || !_hasSession, $"{text} came twice without DUP.");
        }

        switch (packet.QoS)
        {
            case MqttQoS.AtLeastOnce:
                Received.Add(text);
                Send(new AckPacket(PacketType.PubAck, packet.PacketId).Write);
                break;
            case MqttQoS.ExactlyOnce:
                if (_unreleased.Add(packet.PacketId))
                {
                    Received.Add(text);
                }
                else
                {
                    Assert.True(packet.Duplicate, "A packet identifier was used again while it was open.");
                }

                Send(new AckPacket(PacketType.PubRec, packet.PacketId).Write);
                break;
        }
    }

    private void ReceiveAcknowledgement(AckPacket ack)
    {
        var (order, sending) = _sending.First(open => open.Value.Id == ack.PacketId);
        switch (ack.Type)
        {
            case PacketType.PubAck when sending.QoS == MqttQoS.AtLeastOnce:
            case PacketType.PubComp when sending.IsReleased:
                _sending.Remove(order);
                break;
            case PacketType.PubRec when sending.QoS == MqttQoS.ExactlyOnce:
                _sending[order] = sending with { IsReleased = true };
                Send(new AckPacket(PacketType.PubRel, ack.PacketId).Write);
                break;
            default:
                Assert.Fail($"{ack} does not answer {sending}.");
                break;
        }
    }

    private void Send(Sending sending, bool duplicate)
    {
        if (sending.IsReleased)
        {
            Send(new AckPacket(PacketType.PubRel, sending.Id).Write);
        }
        else
        {
            Send(new PublishPacket(
                "down", new(Encoding.UTF8.GetBytes(sending.Text)), sending.QoS, Retain: false, duplicate, sending.Id).Write);
        }
    }

    private void Send(Action<System.Buffers.IBufferWriter<byte>> write)
    {
        if (_isConnected)
        {
            Outgoing.Enqueue(Wire.Bytes(write));
        }
    }

    private sealed record Sending(ushort Id, string Text, MqttQoS QoS, bool IsReleased);
}
