using System.Buffers;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Tests.Session;

public sealed class MessageDigestTests
{
    /// <summary>Stores of earlier versions hold it.</summary>
    [Theory]
    [InlineData("a", "", "")]
    [InlineData("a/b", "hi", "")]
    [InlineData("a/b", "h", "i")]
    [InlineData("漢", "x", "")]
    public void It_is_FNV_1a_over_the_two_bytes_of_each_character_two_of_zero_and_the_payload(string topic, string first, string second)
    {
        byte[] payload = [.. System.Text.Encoding.ASCII.GetBytes(first), .. System.Text.Encoding.ASCII.GetBytes(second)];
        var hash = new System.Numerics.BigInteger(14_695_981_039_346_656_037);
        foreach (var value in (byte[])[.. System.Text.Encoding.Unicode.GetBytes(topic), 0, 0, .. payload])
        {
            hash = (hash ^ value) * 1_099_511_628_211 % System.Numerics.BigInteger.Pow(2, 64);
        }

        var packet = new PublishPacket(topic, TestKit.Splits.Segments(payload, [first.Length, second.Length]), MqttQoS.ExactlyOnce, false, false, 1);
        Assert.Equal((ulong)hash, (ulong)MessageDigest.Of(packet));
    }

    [Fact]
    public void It_neither_takes_the_topic_for_payload_nor_retain_and_identifier_for_a_difference()
    {
        Assert.NotEqual(Of("ab", "c", 1), Of("a", "bc", 1));
        Assert.Equal(Of("ab", "c", 1), Of("ab", "c", 2));
    }

    private static long Of(string topic, string payload, ushort packetId) => MessageDigest.Of(new PublishPacket(
        topic, new ReadOnlySequence<byte>(System.Text.Encoding.ASCII.GetBytes(payload)), MqttQoS.ExactlyOnce, packetId == 2, false, packetId));
}
