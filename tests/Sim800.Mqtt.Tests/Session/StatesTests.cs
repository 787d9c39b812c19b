using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;
using TestKit;

namespace Sim800.Mqtt.Tests.Session;

/// <summary>The exchanges of QoS 1 and 2, every state and every event in each; docs/states.md has the tables.</summary>
public sealed class StatesTests
{
    [Theory]
    [InlineData(MqttQoS.AtLeastOnce, "A message that is sent with QoS 1")]
    [InlineData(MqttQoS.ExactlyOnce, "A message that is sent with QoS 2")]
    public void The_page_has_every_state_of_a_message_that_is_sent(MqttQoS qos, string heading) => StatesPage.Has(
        heading,
        new StateMap<Machine>(
            () => new Machine(),
            [
                ("publish", machine => machine.Publish(qos)), ("connect", machine => machine.Connect()), ("loss", machine => machine.Lose()), ("crash", machine => machine.Crash()),
                ("CONNACK", machine => machine.Hear(new ConnAckPacket(SessionPresent: true, MqttConnectReturnCode.Accepted).Write)),
                ("CONNACK without session", machine => machine.Hear(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write)),
                ("PUBACK", machine => machine.Hear(new AckPacket(PacketType.PubAck, 1).Write)),
                ("PUBREC", machine => machine.Hear(new AckPacket(PacketType.PubRec, 1).Write)),
                ("PUBCOMP", machine => machine.Hear(new AckPacket(PacketType.PubComp, 1).Write)),
            ],
            machine => machine.State).Table());

    [Theory]
    [InlineData(MqttQoS.AtLeastOnce, "A message that is received with QoS 1")]
    [InlineData(MqttQoS.ExactlyOnce, "A message that is received with QoS 2")]
    public void The_page_has_every_state_of_a_message_that_is_received(MqttQoS qos, string heading) => StatesPage.Has(
        heading,
        new StateMap<Machine>(
            () => new Machine(),
            [
                ("connect", machine => machine.Connect()), ("loss", machine => machine.Lose()), ("crash", machine => machine.Crash()),
                ("CONNACK", machine => machine.Hear(new ConnAckPacket(SessionPresent: true, MqttConnectReturnCode.Accepted).Write)),
                ("CONNACK without session", machine => machine.Hear(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write)),
                ("PUBLISH", machine => machine.Hear(Publish(qos, "a", isDuplicate: false))),
                ("PUBLISH with DUP", machine => machine.Hear(Publish(qos, "a", isDuplicate: true))),
                ("another PUBLISH", machine => machine.Hear(Publish(qos, "b", isDuplicate: false))),
                ("PUBREL", machine => machine.Hear(new AckPacket(PacketType.PubRel, 1).Write)),
                ("taken", machine => machine.Settle(isTaken: true)), ("given back", machine => machine.Settle(isTaken: false)),
            ],
            machine => machine.State).Table());

    /// <summary>Client, server and the packets between them: whatever was lost wherever, from every state the message gets through as its QoS says.</summary>
    [Theory]
    [InlineData(MqttQoS.AtLeastOnce, true)]
    [InlineData(MqttQoS.AtLeastOnce, false)]
    [InlineData(MqttQoS.ExactlyOnce, true)]
    [InlineData(MqttQoS.ExactlyOnce, false)]
    public void From_every_state_of_client_line_and_server_a_message_gets_through(MqttQoS qos, bool isSentUp)
    {
        var map = new StateMap<ModelWorld>(
            () => new ModelWorld(cleanSession: false, sendsBeforeConnAck: true),
            [
                ("publish", world => Once(world.Published.Count == 0 && isSentUp, () => world.Publish(qos))),
                ("server publishes", world => Once(world.SentDown.Count == 0 && !isSentUp, () => world.SendDown(qos))),
                ("packet to the server", world => world.MoveToServer() ? "moved" : null), ("packet to the client", world => world.MoveToClient() ? "moved" : null),
                ("taken", world => world.Take(0) ? "taken" : null), ("loss", world => Once(world.IsConnected, world.Lose)), ("connect", world => Once(!world.IsConnected, world.Connect)),
                ("crash", world => Once(true, world.Crash)),
            ],
            world => world.State,
            most: 3000);
        Assert.True(map.Count > 20, $"{map.Count} states");
        TestContext.Current.TestOutputHelper?.WriteLine($"{map.Count} states");
        foreach (var world in map.Machines)
        {
            world.Settle();
            Assert.Equal([], world.Published.Except(world.Received, StringComparer.Ordinal));
            Assert.Equal([], world.SentDown.Except(world.Taken, StringComparer.Ordinal));
            if (qos == MqttQoS.ExactlyOnce)
            {
                Assert.Equal(world.Published, world.Received);
                Assert.Equal(world.SentDown, world.Taken);
            }
        }
    }

    private static string? Once(bool isPossible, Action act)
    {
        if (!isPossible)
        {
            return null;
        }

        act();
        return "done";
    }

    private static Action<IBufferWriter<byte>> Publish(MqttQoS qos, string text, bool isDuplicate) =>
        new PublishPacket("t", new(System.Text.Encoding.UTF8.GetBytes(text)), qos, Retain: false, isDuplicate, 1).Write;

    /// <summary>A session alone, with one message.</summary>
    private sealed class Machine
    {
        private readonly MqttInMemorySessionStore _store = new();
        private MqttSession _session;
        private InboundToken? _token;
        private bool _hasPublished;

        internal Machine() => _session = NewSession();

        internal string State
        {
            get
            {
                var sent = _store.LoadOutbound() is [var entry] ? entry.State.ToString().ToLowerInvariant() : _hasPublished ? "confirmed" : "";
                var received = (_token is null ? "" : "handed over") + (_store.LoadInbound().Count > 0 ? " stored" : "");
                return string.Join(", ", new[] { _session.Phase.ToString().ToLowerInvariant(), sent, received.Trim() }.Where(part => part.Length > 0));
            }
        }

        internal string? Publish(MqttQoS qos)
        {
            if (_hasPublished)
            {
                return null;
            }

            _hasPublished = true;
            return Say(output => _session.Publish(new MqttMessage("t", "a", qos), output), "");
        }

        internal string? Connect() => _session.Phase == ConnectionPhase.Disconnected ? Say(_session.Connect, "") : null;

        internal string? Lose()
        {
            if (_session.Phase == ConnectionPhase.Disconnected)
            {
                return null;
            }

            _session.Disconnect(ConnectionEndCause.Other);
            return "nothing";
        }

        internal string? Crash()
        {
            (_session, _token) = (NewSession(), null);
            return "nothing";
        }

        internal string? Hear(Action<IBufferWriter<byte>> write)
        {
            if (_session.Phase == ConnectionPhase.Disconnected)
            {
                return null;
            }

            try
            {
                var happened = default(SessionEvent);
                var said = Say(output => happened = _session.Receive(Wire.Frame(write), output), "");
                if (happened.Kind == SessionEventKind.Message)
                {
                    _token = happened.Token;
                }

                return happened.Kind == SessionEventKind.None ? said : said == "nothing" ? $"*{happened.Kind}*" : $"*{happened.Kind}*, {said}";
            }
            catch (MqttProtocolException e)
            {
                _session.Disconnect(ConnectionEndCause.Other);
                return $"ends the connection: {e.Error}";
            }
        }

        internal string? Settle(bool isTaken)
        {
            if (_token is not { } token)
            {
                return null;
            }

            _token = null;
            return Say(output => _session.Settle(token, isTaken, output), "");
        }

        private string Say(Action<IBufferWriter<byte>> act, string more)
        {
            var output = new ArrayBufferWriter<byte>();
            act(output);
            for (var most = 0; _session.WriteNext(output); most++)
            {
                Assert.True(most < 10, "The session writes without end.");
            }

            var said = string.Join(", ", Wire.Frames(output.WrittenMemory).Select(frame =>
                frame.Type.ToString().ToUpperInvariant() + (frame.Type == PacketType.Publish && (frame.Flags & 8) != 0 ? " with DUP" : "")));
            return said.Length == 0 ? "nothing" + more : said + more;
        }

        private MqttSession NewSession() => new(
            new MqttSessionOptions(new ConnectPacket("c", CleanSession: false, KeepAlive: 0, Will: null, Credentials: null), MaxInFlight: 3, MaxInFlightExactlyOnce: 2, SendsBeforeConnAck: false), _store);
    }
}
