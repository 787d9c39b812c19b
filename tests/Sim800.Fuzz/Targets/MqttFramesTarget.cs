using System.Buffers;
using Sim800.Mqtt;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using TestKit;

namespace Sim800.Fuzz;

/// <summary>Frames and packets of MQTT, of servers and of clients: read or refused, wherever they are cut, and written as they were read.</summary>
internal sealed class MqttFramesTarget : FuzzTarget
{
    private const int MaxPacketSize = 4096;

    internal override string Name => "mqtt-frames";

    internal override int Inputs => 40_000;

    internal override IReadOnlyList<string> Words { get; } =
        ["\x20\x02\x00\x00", "\x90\x03\x00\x01\x01", "\x40\x02\x00\x01", "\xd0\x00", "\x00\x04MQTT\x04", "\x00\x01a", "\xff\xff\xff\x7f", "\x80\x00", "\xed\xa0\x80", "\xc0\x80"];

    internal override bool IsTyped(Exception exception) => exception is MqttProtocolException;

    internal override byte[] Generate(Dice dice)
    {
        var output = new ArrayBufferWriter<byte>();
        for (var packets = dice.Small(1, 5); packets > 0; packets--)
        {
            MqttGrammar.WriteAny(output, dice);
        }

        return output.WrittenSpan.ToArray();
    }

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var whole = ReadAll(new ReadOnlySequence<byte>(input), checksPackets: false, out var refusal);
        var cut = input.Length / 3;
        var split = ReadAll(Splits.Segments(input, cut, input.Length - cut), checksPackets: false, out var refusalOfSplit);
        if (whole != split || refusal?.Error != refusalOfSplit?.Error)
        {
            throw new BrokenPropertyException($"whole: {whole} packets, {refusal?.Error}; cut at {cut}: {split} packets, {refusalOfSplit?.Error}");
        }

        ReadAll(new ReadOnlySequence<byte>(input), checksPackets: true, out refusal);
        return refusal is null ? default : ValueTask.FromException(refusal);
    }

    private static int ReadAll(ReadOnlySequence<byte> input, bool checksPackets, out MqttProtocolException? refusal)
    {
        var count = 0;
        refusal = null;
        try
        {
            while (MqttFrame.TryRead(ref input, MaxPacketSize, out var frame))
            {
                count++;
                if (checksPackets)
                {
                    Check(frame);
                }
            }
        }
        catch (MqttProtocolException e)
        {
            refusal = e;
        }

        return count;
    }

    /// <summary>What was read is written as it came.</summary>
    private static void Check(in MqttFrame frame)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(16, (int)frame.Body.Length + 8));
        Rewrite(frame, output);
        var written = new ReadOnlySequence<byte>(output.WrittenMemory);
        if (!MqttFrame.TryRead(ref written, MaxPacketSize + 8, out var again) || again.Type != frame.Type || again.Flags != frame.Flags
            || !again.Body.ToArray().AsSpan().SequenceEqual(frame.Body.ToArray()))
        {
            throw new BrokenPropertyException($"{frame.Type} is written as {Convert.ToHexString(output.WrittenSpan)} and was {Convert.ToHexString(frame.Body.ToArray())}");
        }
    }

    private static void Rewrite(in MqttFrame frame, ArrayBufferWriter<byte> output)
    {
        switch (frame.Type)
        {
            case PacketType.Connect:
                ConnectPacket.Read(frame).Write(output);
                break;
            case PacketType.ConnAck:
                ConnAckPacket.Read(frame).Write(output);
                break;
            case PacketType.Publish:
                PublishPacket.Read(frame).Write(output);
                break;
            case PacketType.Subscribe:
                SubscribePacket.Read(frame).Write(output);
                break;
            case PacketType.SubAck:
                SubAckPacket.Read(frame).Write(output);
                break;
            case PacketType.Unsubscribe:
                UnsubscribePacket.Read(frame).Write(output);
                break;
            case PacketType.PingReq or PacketType.PingResp or PacketType.Disconnect:
                EmptyPacket.Read(frame).Write(output);
                break;
            default:
                AckPacket.Read(frame).Write(output);
                break;
        }
    }
}
