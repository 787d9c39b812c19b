using System.Buffers;
using System.Text;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Tests.Session;

/// <summary>A session, a <see cref="ModelServer"/> and the packets between them, moved one at a time.</summary>
internal sealed class ModelWorld
{
    private readonly MqttInMemorySessionStore _store = new();
    private readonly bool _cleanSession;
    private readonly bool _sendsBeforeConnAck;
    private readonly ModelServer _server = new();
    private readonly Queue<byte[]> _toServer = new();
    private readonly List<(InboundToken Token, string Text)> _untaken = [];
    private readonly Dictionary<long, string> _waiting = [];
    private MqttSession _session;
    private int _count;

    internal ModelWorld(bool cleanSession, bool sendsBeforeConnAck)
    {
        (_cleanSession, _sendsBeforeConnAck) = (cleanSession, sendsBeforeConnAck);
        _session = NewSession();
    }

    internal List<string> Published { get; } = [];

    internal List<string> SentDown { get; } = [];

    internal List<string> Taken { get; } = [];

    internal List<string> Confirmed { get; } = [];

    internal IReadOnlyList<string> Received => _server.Received;

    internal int PacketsMoved { get; private set; }

    internal bool IsConnected => _session.Phase != ConnectionPhase.Disconnected;

    /// <summary>All that can be seen: what the client has stored and holds, what is on the line, what the server has. Of copies, whether there were several.</summary>
    internal string State => string.Join(" | ", new[]
    {
        _session.Phase.ToString(), string.Join(',', _store.LoadOutbound()), string.Join(',', _store.LoadInbound()), $"{_session.Unacknowledged} {_session.HeldBack} {_untaken.Count}",
        string.Join(',', _toServer.Select(packet => Wire.Hex(packet))), _server.State, $"{Math.Min(Taken.Count, 2)} {Math.Min(Received.Count, 2)} {Confirmed.Count} {Published.Count} {SentDown.Count}",
    });

    /// <summary>One of the things that can happen next; those that cannot happen now do nothing.</summary>
    internal void Step(int command)
    {
        switch ((uint)command % 17)
        {
            case 0:
                Publish(MqttQoS.AtLeastOnce);
                break;
            case 1:
                Publish(MqttQoS.ExactlyOnce);
                break;
            case 2:
                SendDown(MqttQoS.AtLeastOnce);
                break;
            case 3:
                SendDown(MqttQoS.ExactlyOnce);
                break;
            case 4 or 5 or 6:
                MoveToServer();
                break;
            case 7 or 8 or 9:
                MoveToClient();
                break;
            case 10:
                Take(0);
                break;
            case 11:
                Take(_untaken.Count - 1);
                break;
            case 12:
                Lose();
                break;
            case 13 or 14:
                Connect();
                break;
            case 15:
                Reject(0);
                break;
            default:
                Crash();
                break;
        }
    }

    internal void Publish(MqttQoS qos)
    {
        var text = $"{(int)qos}:{++_count}";
        Published.Add(text);
        var output = new ArrayBufferWriter<byte>();
        var sequence = _session.Publish(new MqttMessage("up", text, qos), output);
        _waiting[sequence] = text;
        Send(output);
    }

    internal void SendDown(MqttQoS qos)
    {
        if (_session.Phase == ConnectionPhase.Connected)
        {
            var text = $"{(int)qos}:{++_count}";
            var before = _server.Outgoing.Count;
            _server.Publish(text, qos);
            if (_server.Outgoing.Count > before)
            {
                SentDown.Add(text);
            }
        }
    }

    internal bool MoveToServer()
    {
        if (!_toServer.TryDequeue(out var packet))
        {
            return false;
        }

        PacketsMoved++;
        _server.Receive(Wire.Frame(packet));
        return true;
    }

    internal bool MoveToClient()
    {
        if (!_server.Outgoing.TryDequeue(out var packet))
        {
            return false;
        }

        PacketsMoved++;
        var output = new ArrayBufferWriter<byte>();
        var happened = _session.Receive(Wire.Frame(packet), output);
        if (happened.Kind == SessionEventKind.Message)
        {
            _untaken.Add((happened.Token, Encoding.UTF8.GetString(happened.Message.Payload.FirstSpan)));
        }
        else if (happened.Kind == SessionEventKind.Delivered && _waiting.Remove(happened.Sequence, out var text))
        {
            Confirmed.Add(text);
        }

        Send(output);
        Pump();
        return true;
    }

    internal bool Take(int index)
    {
        if (index < 0 || index >= _untaken.Count)
        {
            return false;
        }

        var (token, text) = _untaken[index];
        _untaken.RemoveAt(index);
        Taken.Add(text);
        var output = new ArrayBufferWriter<byte>();
        _session.Settle(token, isTaken: true, output);
        Send(output);
        return true;
    }

    /// <summary>The application gives a message back: it must come again.</summary>
    internal void Reject(int index)
    {
        if (index < _untaken.Count)
        {
            var output = new ArrayBufferWriter<byte>();
            _session.Settle(_untaken[index].Token, isTaken: false, output);
            _untaken.RemoveAt(index);
            Send(output);
        }
    }

    /// <summary>What is under way in either direction is gone.</summary>
    internal void Lose()
    {
        _toServer.Clear();
        _server.Lose();
        _ = _session.Disconnect(ConnectionEndCause.Other);
    }

    internal void Connect()
    {
        if (_session.Phase != ConnectionPhase.Disconnected)
        {
            return;
        }

        var output = new ArrayBufferWriter<byte>();
        _session.Connect(output);
        Send(output);
        Pump();
    }

    /// <summary>The process dies: what is not in the store is gone, and so is the connection.</summary>
    internal void Crash()
    {
        Lose();
        _untaken.Clear();
        _waiting.Clear();
        _session = NewSession();
    }

    /// <summary>Everything is let through until nothing moves any more.</summary>
    internal void Settle()
    {
        Lose();
        Connect();
        while (MoveToServer() || MoveToClient() || Take(0))
        {
        }

        Assert.True(_server.IsIdle, "The server still waits for something.");
        Assert.Equal(0, _session.Unacknowledged);
    }

    private MqttSession NewSession() => new(
        new MqttSessionOptions(
            new ConnectPacket("model", _cleanSession, KeepAlive: 0, Will: null, Credentials: null), MaxInFlight: 3, MaxInFlightExactlyOnce: 2, _sendsBeforeConnAck),
        _store);

    private void Pump()
    {
        var output = new ArrayBufferWriter<byte>();
        while (_session.WriteNext(output))
        {
        }

        Send(output);
    }

    private void Send(ArrayBufferWriter<byte> output)
    {
        var bytes = output.WrittenMemory;
        foreach (var frame in Wire.Frames(bytes))
        {
            var body = frame.Body;
            _toServer.Enqueue(Wire.Bytes(packet =>
            {
                FixedHeader.Write(packet, frame.Type, frame.Flags, (int)body.Length);
                packet.Write(body.ToArray());
            }));
        }
    }
}
