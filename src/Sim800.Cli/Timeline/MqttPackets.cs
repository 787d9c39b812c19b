using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sim800.Cli.Timeline;

/// <summary>
/// Reads the control packets of MQTT 3.1.1 out of one direction of a connection: type, QoS, packet identifier and length. Topics, credentials and payloads are passed over.
/// </summary>
internal sealed class MqttPackets
{
    /// <summary>Of the body this much is looked at: a topic's length and an identifier behind it need more, and are found by counting.</summary>
    private const int LongestHeader = 5;

    private readonly byte[] _header = new byte[LongestHeader];
    private readonly byte[] _two = new byte[2];
    private int _have;
    private int _position;
    private int _topic;
    private Packet? _packet;

    /// <summary>The packets that end with these bytes.</summary>
    internal IEnumerable<Packet> Read(ReadOnlyMemory<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes.Span[i];
            if (_packet is null)
            {
                _header[_have++] = value;
                if (_have > 1 && (value < 0x80 || _have == LongestHeader))
                {
                    _packet = new Packet(_header[0] >> 4, (_header[0] >> 1) & 3, _have + RemainingLength(), 0);
                    (_position, _topic) = (_have, -1);
                }
            }
            else
            {
                Look(value);
                _position++;
            }

            if (_packet is { } packet && _position == packet.Bytes)
            {
                yield return packet;
                (_packet, _have) = (null, 0);
            }
        }
    }

    private int RemainingLength()
    {
        var length = 0;
        for (var i = 1; i < _have; i++)
        {
            length |= (_header[i] & 0x7F) << (7 * (i - 1));
        }

        return length;
    }

    /// <summary>The identifier stands first, in PUBLISH behind the topic.</summary>
    private void Look(byte value)
    {
        var offset = _position - _have;
        if (_packet is not { } packet || packet.Type is Packet.Connect or Packet.ConnAck)
        {
            return;
        }

        if (packet.Type is Packet.Publish && offset < 2)
        {
            _two[offset] = value;
            _topic = offset == 1 ? BinaryPrimitives.ReadUInt16BigEndian(_two) : _topic;
            return;
        }

        var behind = packet.Type is Packet.Publish ? offset - 2 - _topic : offset;
        if (behind is 0 or 1 && (packet.Type is not Packet.Publish || packet.QoS > 0))
        {
            _two[behind] = value;
            _packet = packet with { Id = behind == 1 ? BinaryPrimitives.ReadUInt16BigEndian(_two) : 0 };
        }
    }

    /// <summary>A control packet, without what is in it.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Packet(int Type, int QoS, int Bytes, int Id)
    {
        internal const int Connect = 1;
        internal const int ConnAck = 2;
        internal const int Publish = 3;

        private static readonly string[] Names =
        [
            "reserved", "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT", "reserved",
        ];

        internal string Name => Names[Type];

        /// <summary>The packet that ends the exchange which this one begins; 0 when it begins none.</summary>
        internal int AnsweredBy => Type switch
        {
            Connect => ConnAck,
            Publish when QoS == 1 => 4,
            Publish when QoS == 2 => 7,
            8 => 9,
            10 => 11,
            12 => 13,
            _ => 0,
        };

        public override string ToString() => Type is Publish
            ? $"PUBLISH of QoS {QoS}{(Id > 0 ? $", id {Id}" : "")}, {Bytes} bytes"
            : $"{Name}{(Id > 0 ? $", id {Id}" : "")}, {Bytes} bytes";
    }
}
