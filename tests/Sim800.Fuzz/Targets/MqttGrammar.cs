using System.Buffers;
using System.Text;
using Sim800.Mqtt;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;

namespace Sim800.Fuzz;

/// <summary>Makes control packets of MQTT 3.1.1.</summary>
internal static class MqttGrammar
{
    internal const string Payload = "a-payload-nobody-tells";

    private static readonly PacketType[] Acknowledgements = [PacketType.PubAck, PacketType.PubRec, PacketType.PubRel, PacketType.PubComp, PacketType.UnsubAck];

    private static readonly string[] Topics = ["a", "a/b", "a/+", "a/#", "/", "$SYS/x", "ä/ö", "up", "a/bb/ccc/dddd", "\uFEFFa", "\U0001F600", "a/\e[2J", "a/\u202Egpj", "\u0085"];

    internal static void WriteAny(IBufferWriter<byte> output, Dice dice)
    {
        if (dice.OneIn(4))
        {
            WriteOfClient(output, dice);
        }
        else
        {
            WriteOfServer(output, dice);
        }
    }

    internal static void WriteOfServer(IBufferWriter<byte> output, Dice dice)
    {
        switch (dice.Below(8))
        {
            case 0:
                new ConnAckPacket(dice.OneIn(2), dice.OneIn(2) ? MqttConnectReturnCode.Accepted : (MqttConnectReturnCode)dice.Below(6)).Write(output);
                break;
            case 1 or 2 or 3:
                WritePublish(output, dice);
                break;
            case 4:
                new SubAckPacket(Id(dice), dice.Octets(dice.Small(1, 4)).Select(code => (byte)(code % 4 == 3 ? 0x80 : code % 4)).ToArray()).Write(output);
                break;
            case 5:
                new EmptyPacket(PacketType.PingResp).Write(output);
                break;
            default:
                new AckPacket(dice.Of(Acknowledgements), Id(dice)).Write(output);
                break;
        }
    }

    private static void WriteOfClient(IBufferWriter<byte> output, Dice dice)
    {
        switch (dice.Below(4))
        {
            case 0:
                new ConnectPacket(
                    dice.OneIn(3) ? "" : "c", CleanSession: true, KeepAlive: (ushort)dice.Below(65536),
                    dice.OneIn(2) ? new MqttMessage("w", "gone", (MqttQoS)dice.Below(3), dice.OneIn(2)) : null,
                    dice.OneIn(2) ? new MqttCredentials("u", dice.OneIn(2) ? "p" : null) : null).Write(output);
                break;
            case 1:
                new SubscribePacket(Id(dice), [.. Enumerable.Range(0, dice.Small(1, 4)).Select(_ => new MqttTopicFilter(dice.Of(Topics), (MqttQoS)dice.Below(3)))]).Write(output);
                break;
            case 2:
                new UnsubscribePacket(Id(dice), [.. Enumerable.Range(0, dice.Small(1, 4)).Select(_ => dice.Of(Topics))]).Write(output);
                break;
            default:
                new EmptyPacket(dice.OneIn(2) ? PacketType.PingReq : PacketType.Disconnect).Write(output);
                break;
        }
    }

    private static void WritePublish(IBufferWriter<byte> output, Dice dice)
    {
        var qos = (MqttQoS)dice.Below(3);
        var topic = dice.Of(Topics);
        new PublishPacket(
            topic.AsSpan().IndexOfAny('+', '#') < 0 ? topic : "a",
            new ReadOnlySequence<byte>(dice.OneIn(3) ? dice.Octets(dice.Small(0, 300)) : Encoding.UTF8.GetBytes(Payload)),
            qos,
            Retain: dice.OneIn(4),
            Duplicate: qos != MqttQoS.AtMostOnce && dice.OneIn(3),
            qos == MqttQoS.AtMostOnce ? (ushort)0 : Id(dice)).Write(output);
    }

    /// <summary>Few of them, so that they meet.</summary>
    private static ushort Id(Dice dice) => (ushort)(dice.OneIn(20) ? 1 + dice.Below(65535) : 1 + dice.Below(6));
}
