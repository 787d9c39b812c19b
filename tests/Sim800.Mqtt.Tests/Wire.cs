using System.Buffers;
using Sim800.Mqtt.Codec;

namespace Sim800.Mqtt.Tests;

/// <summary>Packets as hexadecimal text, both ways.</summary>
internal static class Wire
{
    internal const int AnySize = 1 << 28;

    internal static byte[] Bytes(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    internal static string Hex(Action<IBufferWriter<byte>> write) => Hex(Bytes(write));

    internal static string Hex(ReadOnlySpan<byte> bytes) => BitConverter.ToString(bytes.ToArray()).Replace('-', ' ');

    internal static byte[] Parse(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The one packet that the bytes are.</summary>
    internal static MqttFrame Frame(ReadOnlyMemory<byte> bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        Assert.True(MqttFrame.TryRead(ref input, AnySize, out var frame), "The packet is not complete.");
        Assert.True(input.IsEmpty, "Bytes are left behind the packet.");
        return frame;
    }

    internal static MqttFrame Frame(string hex) => Frame(Parse(hex));

    internal static MqttFrame Frame(Action<IBufferWriter<byte>> write) => Frame(Bytes(write));

    /// <summary>All packets that the bytes are.</summary>
    internal static List<MqttFrame> Frames(ReadOnlyMemory<byte> bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        var frames = new List<MqttFrame>();
        while (MqttFrame.TryRead(ref input, AnySize, out var frame))
        {
            frames.Add(frame);
        }

        Assert.True(input.IsEmpty, "Bytes are left behind the packets.");
        return frames;
    }

    internal static MqttProtocolError ErrorOf(Action read) => Assert.Throws<MqttProtocolException>(read).Error;
}
