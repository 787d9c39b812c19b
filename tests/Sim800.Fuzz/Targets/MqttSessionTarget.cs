using System.Buffers;
using Sim800.Mqtt;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Fuzz;

/// <summary>
/// A session with messages and requests under way, and a server that says anything. Behind it a server that means well must find the session
/// in order: it connects again, sends again what was not confirmed, and nothing is left open.
/// </summary>
internal sealed class MqttSessionTarget : FuzzTarget
{
    private const string Password = "a-password-nobody-tells";
    private const int Reconnect = 0xFE;

    internal override string Name => "mqtt-session";

    internal override int Inputs => 8_000;

    /// <summary>Each connection costs two bytes, and sends again what was not confirmed.</summary>
    internal override long BytesPerByte => 4096;

    internal override IReadOnlyList<string> Words { get; } =
        ["\x20\x02\x00\x00", "\x20\x02\x01\x00", "\x90\x03\x00\x01\x01", "\x40\x02\x00\x01", "\x50\x02\x00\x02", "\x62\x02\x00\x02", "\x70\x02\x00\x02", "\xb0\x02\x00\x04", "\xd0\x00", "\x00\xfe"];

    internal override IReadOnlyList<string> Secrets { get; } = [Password, MqttGrammar.Payload];

    internal override bool IsTyped(Exception exception) => exception is MqttProtocolException;

    internal override byte[] Generate(Dice dice)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write<byte>([dice.Octet()]);
        for (var connections = dice.Small(1, 3); connections > 0; connections--)
        {
            new ConnAckPacket(dice.OneIn(2), MqttConnectReturnCode.Accepted).Write(output);
            for (var packets = dice.Small(0, 12); packets > 0; packets--)
            {
                MqttGrammar.WriteOfServer(output, dice);
            }

            output.Write<byte>([0, Reconnect]); // no packet begins with 0
        }

        return output.WrittenSpan.ToArray();
    }

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var how = input.Length > 0 ? input[0] : (byte)0;
        var world = new World(isClean: (how & 1) != 0, isEarly: (how & 2) != 0, takes: how >> 2);
        world.Connect();
        world.Begin();
        ReadOnlyMemory<byte> rest = input.AsMemory(Math.Min(1, input.Length));
        Exception? refusal = null;
        while (!rest.IsEmpty)
        {
            if (rest.Span[0] == 0)
            {
                rest = rest[Math.Min(2, rest.Length)..];
                world.Lose();
                world.Connect();
                continue;
            }

            try
            {
                if (!world.Hear(ref rest))
                {
                    break;
                }
            }
            catch (MqttProtocolException e)
            {
                refusal = e;
                world.Lose();
                world.Connect();
                var next = rest.Span.IndexOf((byte)0);
                rest = next < 0 ? default : rest[next..];
            }
        }

        world.Settle();
        return refusal is null ? default : ValueTask.FromException(refusal);
    }

    private sealed class World
    {
        private readonly MqttSession _session;
        private readonly ArrayBufferWriter<byte> _output = new();
        private readonly bool _isClean;
        private readonly int _takes;
        private int _heard;

        internal World(bool isClean, bool isEarly, int takes)
        {
            (_isClean, _takes) = (isClean, takes);
            _session = new MqttSession(
                new MqttSessionOptions(
                    new ConnectPacket("c", isClean, KeepAlive: 0, Will: null, new MqttCredentials("u", Password)), MaxInFlight: 3, MaxInFlightExactlyOnce: 2, isEarly),
                new MqttInMemorySessionStore());
        }

        internal void Connect()
        {
            _output.ResetWrittenCount();
            _session.Connect(_output);
            Pump();
        }

        /// <summary>Packet identifiers 1 to 3 are messages, 4 and 5 requests.</summary>
        internal void Begin()
        {
            foreach (var qos in new[] { MqttQoS.AtLeastOnce, MqttQoS.ExactlyOnce, MqttQoS.ExactlyOnce, MqttQoS.AtLeastOnce })
            {
                _session.Publish(new MqttMessage("up", MqttGrammar.Payload, qos), _output);
            }

            _session.Subscribe([new MqttTopicFilter("a/+", MqttQoS.AtLeastOnce)], _output);
            _session.Unsubscribe(["b"], _output);
        }

        internal void Lose() => _session.Disconnect(ConnectionEndCause.Other);

        /// <returns>False when no packet is complete.</returns>
        internal bool Hear(ref ReadOnlyMemory<byte> bytes)
        {
            var input = new ReadOnlySequence<byte>(bytes);
            if (!MqttFrame.TryRead(ref input, 4096, out var frame))
            {
                return false;
            }

            bytes = bytes[^(int)input.Length..];
            var happened = _session.Receive(frame, _output);
            if (happened.Kind == SessionEventKind.Message && ((_takes >> (_heard++ % 6)) & 1) != 0)
            {
                _session.Settle(happened.Token, isTaken: (_heard & 4) == 0, _output);
            }

            Pump();
            return true;
        }

        /// <summary>A server that has lost the session confirms all that comes.</summary>
        internal void Settle()
        {
            Lose();
            Connect();
            Tell(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write);
            for (var rounds = 0; rounds < 20 && _session.Unacknowledged > 0; rounds++)
            {
                var sent = new ReadOnlySequence<byte>(_output.WrittenMemory.ToArray());
                _output.ResetWrittenCount();
                while (MqttFrame.TryRead(ref sent, int.MaxValue, out var frame))
                {
                    Confirm(frame);
                }

                Pump();
            }

            if (_session.Unacknowledged != 0)
            {
                throw new BrokenPropertyException($"{_session.Unacknowledged} messages are not confirmed by a server that confirms all (clean session: {_isClean}).");
            }
        }

        private void Confirm(in MqttFrame frame)
        {
            switch (frame.Type)
            {
                case PacketType.Publish:
                    var publish = PublishPacket.Read(frame);
                    Tell(new AckPacket(publish.QoS == MqttQoS.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec, publish.PacketId).Write);
                    break;
                case PacketType.PubRel:
                    Tell(new AckPacket(PacketType.PubComp, AckPacket.Read(frame).PacketId).Write);
                    break;
            }
        }

        private void Tell(Action<IBufferWriter<byte>> write)
        {
            var bytes = new ArrayBufferWriter<byte>();
            write(bytes);
            var input = new ReadOnlySequence<byte>(bytes.WrittenMemory);
            MqttFrame.TryRead(ref input, 4096, out var frame);
            _session.Receive(frame, _output);
        }

        private void Pump()
        {
            for (var most = 0; _session.WriteNext(_output); most++)
            {
                if (most > 1000)
                {
                    throw new BrokenPropertyException("The session writes without end.");
                }
            }
        }
    }
}
