using System.Buffers;
using System.Text;
using Sim800.Mqtt.Tests.Conformance;
using Sim800.Mqtt.WebSockets;

namespace Sim800.Mqtt.Tests.WebSockets;

public sealed class UpgradeRequestTests
{
    private static readonly MqttWebSocketOptions Options = new() { Host = "broker.example", Port = 8884, Secure = true };

    [Fact]
    [Statement("MQTT-6.0.0-3")]
    public void The_request_is_the_one_of_the_standard_and_offers_mqtt_and_nothing_else()
    {
        const string Expected =
            "GET /mqtt HTTP/1.1\r\nHost: broker.example:8884\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";

        Assert.Equal(Expected, Written(Options));
    }

    [Fact]
    public void The_accept_value_is_that_of_the_standards_own_example() =>
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", new UpgradeRequest("dGhlIHNhbXBsZSBub25jZQ==").ExpectedAccept);

    [Theory]
    [InlineData("h", 443, true, "h")]
    [InlineData("h", 80, false, "h")]
    [InlineData("h", 443, false, "h:443")]
    [InlineData("h", 80, true, "h:80")]
    [InlineData("::1", 8084, true, "[::1]:8084")]
    public void The_host_field_leaves_out_the_schemes_own_port_and_brackets_an_address(string host, int port, bool secure, string expected) =>
        Assert.Contains(
            $"\r\nHost: {expected}\r\n",
            Written(Options with { Host = host, Port = port, Secure = secure }),
            StringComparison.Ordinal);

    [Fact]
    public void Further_fields_are_sent_and_stay_out_of_the_text_form()
    {
        var options = Options with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = "Bearer secret" } };

        Assert.Contains("\r\nAuthorization: Bearer secret\r\n\r\n", Written(options), StringComparison.Ordinal);
        Assert.Equal("wss://broker.example:8884/mqtt", options.ToString());
        Assert.Equal("ws://broker.example:8884/mqtt", (options with { Secure = false }).ToString());
    }

    [Fact]
    public void Options_that_would_break_the_request_are_refused()
    {
        Refused<ArgumentException>(Options with { Host = "" });
        Refused<ArgumentException>(Options with { Host = "a b" });
        Refused<ArgumentOutOfRangeException>(Options with { Port = 0 });
        Refused<ArgumentOutOfRangeException>(Options with { Port = 65536 });
        Refused<ArgumentOutOfRangeException>(Options with { UpgradeTimeout = TimeSpan.Zero });
        Refused<ArgumentException>(Options with { Path = "mqtt" });
        Refused<ArgumentException>(Options with { Path = "" });
        Refused<ArgumentException>(Options with { Path = "/a\r\nX: y" });
        Refused<ArgumentException>(WithField("X", "a\r\nY: b"));
        Refused<ArgumentException>(WithField("X:Y", "a"));
        Refused<ArgumentException>(WithField("X Y", "a"));
        Refused<ArgumentException>(WithField("", "a"));
    }

    private static MqttWebSocketOptions WithField(string name, string value) =>
        Options with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value } };

    private static void Refused<T>(MqttWebSocketOptions options)
        where T : Exception => Assert.Throws<T>(options.Validate);

    private static string Written(MqttWebSocketOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        UpgradeRequest.FromNonce([.. Enumerable.Range(0, 16).Select(value => (byte)value)]).Write(output, options);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
