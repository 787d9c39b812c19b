using System.Buffers;
using System.Text;
using Sim800.Mqtt.WebSockets;
using TestKit;

namespace Sim800.Mqtt.Tests.WebSockets;

public sealed class UpgradeResponseTests
{
    private const string Accepted =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\n"
        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";

    private static readonly UpgradeRequest Request = new("dGhlIHNhbXBsZSBub25jZQ==");
    private static readonly MqttWebSocketOptions Options = new() { Host = "h", Port = 8083 };

    [Fact]
    public void Any_split_of_the_answer_gives_the_same_head_and_leaves_what_follows()
    {
        var bytes = Encoding.Latin1.GetBytes(Accepted + "\u0082\u0002hi");
        foreach (var pieces in Splits.Of(bytes.Length))
        {
            var input = Splits.Segments(bytes, pieces);
            Assert.True(HttpResponseHead.TryRead(ref input, out var head));
            UpgradeResponse.Verify(head!, Request, Options);
            Assert.Equal(4, input.Length);
        }
    }

    [Fact]
    public void A_field_that_is_repeated_costs_no_more_than_its_bytes()
    {
        var bytes = Encoding.Latin1.GetBytes("HTTP/1.1 101 x\r\n" + string.Concat(Enumerable.Repeat("a:bcdefghij\r\n", 600)) + "\r\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var input = new ReadOnlySequence<byte>(bytes);
        Assert.True(HttpResponseHead.TryRead(ref input, out var head));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * bytes.Length);
        Assert.Equal(string.Join(", ", Enumerable.Repeat("bcdefghij", 600)), head!["A"]);
    }

    [Fact]
    public void A_prefix_is_never_a_head()
    {
        var bytes = Encoding.Latin1.GetBytes(Accepted);
        for (var length = 0; length < bytes.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.False(HttpResponseHead.TryRead(ref input, out _));
            Assert.Equal(length, input.Length);
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 1O1 x\r\n\r\n")]
    [InlineData("HTTP/1.1 099 x\r\n\r\n")]
    [InlineData("HTTP/1.1 600 x\r\n\r\n")]
    [InlineData("HTTP/1.1 \r\n\r\n")]
    [InlineData("HTTP/1.1 101 x\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 101 x\r\n: empty name\r\n\r\n")]
    [InlineData("\u0020\u0002\0\0")]
    [InlineData("\u0015\u0003\u0001\0\u0002\u0002\u0028")]
    public void What_is_no_http_is_said_to_be_none(string answer) => Assert.Equal(MqttWebSocketUpgradeError.NotHttp, Refusal(answer).Error);

    [Fact]
    public void A_head_without_end_is_refused_at_its_limit()
    {
        var start = "HTTP/1.1 101 x\r\nX: ";
        var longest = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(start.PadRight(HttpResponseHead.MaxLength, 'a')));

        Assert.False(HttpResponseHead.TryRead(ref longest, out _));
        Assert.Equal(MqttWebSocketUpgradeError.TooLong, Refusal(start.PadRight(HttpResponseHead.MaxLength + 1, 'a')).Error);
        Assert.Equal(
            MqttWebSocketUpgradeError.TooLong,
            Refusal(start.PadRight(HttpResponseHead.MaxLength + 1, 'a') + "\r\n\r\n").Error);
    }

    [Theory]
    [InlineData("Upgrade: WebSocket\r\n", "", MqttWebSocketUpgradeError.MissingUpgrade)]
    [InlineData("keep-alive, upgrade", "keep-alive", MqttWebSocketUpgradeError.MissingUpgrade)]
    [InlineData("s3pP", "S3pP", MqttWebSocketUpgradeError.WrongAccept)]
    [InlineData("Sec-WebSocket-Accept", "X", MqttWebSocketUpgradeError.WrongAccept)]
    [InlineData("Protocol: mqtt", "Protocol: mqttv5", MqttWebSocketUpgradeError.WrongSubprotocol)]
    [InlineData("Protocol: mqtt", "Protocol: mqtt\r\nSec-WebSocket-Protocol: mqtt", MqttWebSocketUpgradeError.WrongSubprotocol)]
    [InlineData("Sec-WebSocket-Protocol: mqtt\r\n", "", MqttWebSocketUpgradeError.WrongSubprotocol)]
    [InlineData("Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Protocol", MqttWebSocketUpgradeError.UnknownExtension)]
    public void An_answer_that_agrees_to_something_else_is_refused(string part, string replacement, MqttWebSocketUpgradeError expected)
    {
        var refusal = Refusal(Accepted.Replace(part, replacement, StringComparison.Ordinal));

        Assert.Equal(expected, refusal.Error);
        Assert.Null(refusal.StatusCode);
    }

    [Theory]
    [InlineData(200, "Check host, port")]
    [InlineData(301, "redirect")]
    [InlineData(400, "wss")]
    [InlineData(401, "credentials")]
    [InlineData(403, "credentials")]
    [InlineData(404, "path")]
    [InlineData(426, "another port")]
    [InlineData(503, "later")]
    public void An_http_status_is_told_with_its_remedy(int status, string remedy)
    {
        var refusal = Refusal($"HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(MqttWebSocketUpgradeError.Refused, refusal.Error);
        Assert.Equal(status, refusal.StatusCode);
        Assert.Contains("h:8083", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refusal.RemedyText, StringComparison.Ordinal);
    }

    private static MqttWebSocketUpgradeException Refusal(string answer) => Assert.Throws<MqttWebSocketUpgradeException>(() =>
    {
        var input = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(answer));
        Assert.True(HttpResponseHead.TryRead(ref input, out var head), "need more");
        UpgradeResponse.Verify(head!, Request, Options);
    });
}
