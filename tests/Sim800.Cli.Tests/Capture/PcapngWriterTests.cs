using System.Buffers.Binary;
using Sim800.Cli.Capture;

namespace Sim800.Cli.Tests.Capture;

public sealed class PcapngWriterTests
{
    [Fact]
    public void Blocks_are_aligned_and_end_with_their_length()
    {
        using var file = new MemoryStream();
        var writer = new PcapngWriter(file);
        writer.WriteKeyLogLine("CLIENT_RANDOM 00 01");
        writer.WritePacket(DateTimeOffset.UnixEpoch.AddSeconds(1.5), [1, 2, 3, 4, 5]);

        var types = new List<uint>();
        for (var rest = file.ToArray().AsSpan(); rest.Length > 0;)
        {
            types.Add(BinaryPrimitives.ReadUInt32LittleEndian(rest));
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
            Assert.Equal(0, length % 4);
            Assert.Equal(length, BinaryPrimitives.ReadInt32LittleEndian(rest[(length - 4)..]));
            rest = rest[length..];
        }

        Assert.Equal([0x0A0D0D0Au, 1u, 10u, 6u], types);
    }

    [Fact]
    public void The_time_of_a_packet_is_in_microseconds()
    {
        using var file = new MemoryStream();
        new PcapngWriter(file).WritePacket(DateTimeOffset.UnixEpoch.AddSeconds(5000.25), [1]);
        var packet = file.ToArray().AsSpan(28 + 20);
        var high = BinaryPrimitives.ReadUInt32LittleEndian(packet[12..]);
        Assert.Equal(5_000_250_000UL, ((ulong)high << 32) + BinaryPrimitives.ReadUInt32LittleEndian(packet[16..]));
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32LittleEndian(packet[20..]));
        Assert.Equal(1, packet[28]);
    }
}
