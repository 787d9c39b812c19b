using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Tests.Packets;

public sealed class RoundTripTests
{
    private static readonly Gen<string> Text = Gen.Elements("", "a", "sensor/7", "ä/ö", "漢字", "\uFEFFx", "😀", new string('z', 300));

    private static readonly Gen<string> Topic = Text.Where(text => text.Length > 0);

    private static readonly Gen<byte[]> Payload = Gen.Choose(0, 600).SelectMany(length => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(length));

    private static readonly Gen<MqttQoS> QoS = Gen.Elements(MqttQoS.AtMostOnce, MqttQoS.AtLeastOnce, MqttQoS.ExactlyOnce);

    private static readonly Gen<bool> Flag = Gen.Elements(false, true);

    private static readonly Gen<ushort> Id = Gen.Choose(1, 65535).Select(id => (ushort)id);

    [Fact]
    public void Publish_reads_back_what_it_writes_however_it_is_cut() => Check(
        from topic in Topic
        from payload in Payload
        from qos in QoS
        from retain in Flag
        from duplicate in Flag
        from id in Id
        from piece in Gen.Choose(1, 40)
        select (new PublishPacket(topic, new(payload), qos, retain, duplicate && qos > MqttQoS.AtMostOnce, qos > MqttQoS.AtMostOnce ? id : (ushort)0), piece),
        sample =>
        {
            var (packet, piece) = sample;
            var read = PublishPacket.Read(FrameInPieces(Wire.Bytes(packet.Write), piece));
            return read with { Payload = default } == packet with { Payload = default }
                && read.Payload.ToArray().SequenceEqual(packet.Payload.ToArray())
                && PublishPacket.SizeOf(packet.Topic, packet.QoS, packet.Payload.Length) == Wire.Bytes(packet.Write).Length;
        });

    [Fact]
    public void Connect_reads_back_what_it_writes_however_it_is_cut() => Check(
        from clientId in Text
        from clean in Flag
        from keepAlive in Id
        from willTopic in Topic
        from will in Payload
        from willQoS in QoS
        from hasWill in Flag
        from user in Text
        from password in Payload
        from login in Gen.Choose(0, 2)
        from piece in Gen.Choose(1, 40)
        select (new ConnectPacket(
            clientId,
            clean,
            keepAlive,
            hasWill ? new MqttMessage(willTopic, will, willQoS, clean) : null,
            login == 0 ? null : new MqttCredentials(user, login == 1 ? (ReadOnlyMemory<byte>?)null : password)), piece),
        sample =>
        {
            var bytes = Wire.Bytes(sample.Item1.Write);
            var read = ConnectPacket.Read(FrameInPieces(bytes, sample.piece));
            return Wire.Bytes(read.Write).AsSpan().SequenceEqual(bytes)
                && (read.ClientId, read.CleanSession, read.KeepAlive)
                    == (sample.Item1.ClientId, sample.Item1.CleanSession, sample.Item1.KeepAlive);
        });

    [Fact]
    public void Subscribe_and_unsubscribe_read_back_what_they_write() => Check(
        from id in Id
        from filters in Topic.NonEmptyListOf()
        from qos in QoS
        from piece in Gen.Choose(1, 40)
        select (id, filters: filters.ToArray(), qos, piece),
        sample =>
        {
            var subscribe = new SubscribePacket(sample.id, [.. sample.filters.Select(filter => new MqttTopicFilter(filter, sample.qos))]);
            var subscribed = SubscribePacket.Read(FrameInPieces(Wire.Bytes(subscribe.Write), sample.piece));
            var unsubscribe = new UnsubscribePacket(sample.id, sample.filters);
            var unsubscribed = UnsubscribePacket.Read(FrameInPieces(Wire.Bytes(unsubscribe.Write), sample.piece));
            return subscribed.PacketId == sample.id
                && subscribed.Requests.SequenceEqual(subscribe.Requests)
                && unsubscribed.PacketId == sample.id
                && unsubscribed.Filters.SequenceEqual(sample.filters);
        });

    [Fact]
    public void A_random_packet_is_read_or_refused_and_nothing_else_happens() => Check(
        from first in Gen.Choose(0, 255)
        from body in Payload
        select (first, body),
        sample =>
        {
            var bytes = Wire.Bytes(output =>
            {
                output.Write([(byte)sample.first]);
                RemainingLength.Write(output, sample.body.Length);
                output.Write(sample.body);
            });
            try
            {
                Read(Wire.Frame(bytes));
                return true;
            }
            catch (MqttProtocolException)
            {
                return true;
            }
        });

    private static void Read(in MqttFrame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Connect:
                ConnectPacket.Read(frame);
                break;
            case PacketType.ConnAck:
                ConnAckPacket.Read(frame);
                break;
            case PacketType.Publish:
                PublishPacket.Read(frame);
                break;
            case PacketType.Subscribe:
                SubscribePacket.Read(frame);
                break;
            case PacketType.SubAck:
                SubAckPacket.Read(frame);
                break;
            case PacketType.Unsubscribe:
                UnsubscribePacket.Read(frame);
                break;
            case PacketType.PingReq or PacketType.PingResp or PacketType.Disconnect:
                EmptyPacket.Read(frame);
                break;
            default:
                AckPacket.Read(frame);
                break;
        }
    }

    private static MqttFrame FrameInPieces(byte[] bytes, int piece)
    {
        var lengths = bytes.Chunk(piece).Select(chunk => chunk.Length).ToArray();
        var input = TestKit.Splits.Segments(bytes, lengths);
        Assert.True(MqttFrame.TryRead(ref input, Wire.AnySize, out var frame));
        return frame;
    }

    private static void Check<T>(Gen<T> samples, Func<T, bool> holds) =>
        Prop.ForAll(samples.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
