using System.Buffers;
using Sim800.Simulator.Broker.Codec;
using TestKit;

namespace Sim800.Simulator.Tests.Broker;

public sealed class FrameTests
{
    private const int MaxBody = 1000;

    [Fact]
    public void Any_split_of_the_input_gives_the_same_packets()
    {
        var bytes = Convert.FromHexString(
            "C000" + RawClient.Publish("a/b", "x", 1, 7) + RawClient.Subscribe(9, ("#", 2)) + "8206" + "0001" + "0001" + "6101" + "E000");
        foreach (var split in Splits.Of(bytes.Length))
        {
            Assert.Equal(["PingReq:0", "Publish:8", "Subscribe:6", "Subscribe:6", "Disconnect:0"], ReadAll(bytes, split));
        }
    }

    [Fact]
    public void A_prefix_is_never_a_packet()
    {
        var bytes = Convert.FromHexString("308001" + new string('0', 2 * 128));
        for (var length = 0; length < bytes.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.False(Frame.TryRead(ref input, MaxBody, out _));
            Assert.Equal(length, input.Length);
        }
    }

    [Theory]
    [InlineData("00", ProtocolError.UnknownPacketType)]
    [InlineData("F0", ProtocolError.UnknownPacketType)]
    [InlineData("11", ProtocolError.ReservedFlags)]
    [InlineData("80", ProtocolError.ReservedFlags)]
    [InlineData("60", ProtocolError.ReservedFlags)]
    [InlineData("C1", ProtocolError.ReservedFlags)]
    [InlineData("30FFFFFFFF", ProtocolError.RemainingLengthTooLong)]
    [InlineData("30E907", ProtocolError.PacketTooLarge)]
    public void A_malformed_header_is_refused_at_once(string hex, object error)
    {
        var input = new ReadOnlySequence<byte>(Convert.FromHexString(hex));
        var thrown = Assert.Throws<BrokerProtocolException>(() => Frame.TryRead(ref input, MaxBody, out _));
        Assert.Equal((ProtocolError)error, thrown.Error);
    }

    private static List<string> ReadAll(byte[] bytes, int[] split)
    {
        var found = new List<string>();
        var consumed = 0;
        var arrived = 0;
        foreach (var piece in split)
        {
            arrived += piece;
            var input = Splits.Segments(bytes.AsMemory(consumed, arrived - consumed), arrived - consumed);
            while (Frame.TryRead(ref input, MaxBody, out var frame))
            {
                found.Add($"{frame.Type}:{frame.Body.Length}");
            }

            consumed = arrived - (int)input.Length;
        }

        return found;
    }
}
