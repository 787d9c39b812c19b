using Sim800.Mqtt.Refusals;

namespace Sim800.Mqtt.Tests.Refusals;

public sealed class RefusalExplainerTests
{
    private static readonly ConnectAttempt Plain = new("h", 1883, false, false, AnswerKind.Nothing, AnswerKind.Nothing, false, true);
    private static readonly ConnectAttempt Tls = Plain with { Port = 8883, Tls = true };
    private static readonly ConnectAttempt InsideTls = Tls with { TlsEstablished = true, OnTheWire = AnswerKind.TlsRecord };

    [Fact]
    public void A_tls_alert_where_plain_mqtt_was_spoken_asks_for_tls() =>
        Expect(Plain with { OnTheWire = AnswerKind.TlsRecord }, EndpointMismatch.WantsTls, "Switch TLS on");

    [Fact]
    public void A_tls_alert_on_8884_also_names_the_port_to_use() =>
        Expect(Plain with { Port = 8884, OnTheWire = AnswerKind.TlsRecord }, EndpointMismatch.WantsTls, "8883");

    [Fact]
    public void A_tls_alert_where_plain_ws_was_spoken_asks_for_tls() =>
        Expect(
            Plain with { Port = 8884, WebSocket = true, OnTheWire = AnswerKind.TlsRecord }, EndpointMismatch.WantsTls, "Switch TLS on for this port");

    [Fact]
    public void A_connack_where_tls_was_spoken_is_a_plain_port() =>
        Expect(Tls with { OnTheWire = AnswerKind.ConnAck }, EndpointMismatch.WantsPlainMqtt, "8883");

    [Theory]
    [InlineData(8083, "8883")]
    [InlineData(8883, "web server")]
    public void Plain_http_where_tls_was_spoken_is_told_by_port(int port, string remedy) =>
        Expect(Tls with { Port = port, OnTheWire = AnswerKind.Http }, EndpointMismatch.WantsWebSocket, remedy);

    [Theory]
    [InlineData(8884)]
    [InlineData(443)]
    [InlineData(8084)]
    public void Http_inside_tls_on_a_websocket_port_says_8883_or_websocket(int port) =>
        Expect(InsideTls with { Port = port, InsideTls = AnswerKind.Http }, EndpointMismatch.WantsWebSocket, $"Port {port} is customarily");

    [Fact]
    public void Http_where_plain_mqtt_was_spoken_on_8083_says_websocket() =>
        Expect(Plain with { Port = 8083, OnTheWire = AnswerKind.Http }, EndpointMismatch.WantsWebSocket, "without TLS");

    [Fact]
    public void Http_on_a_port_without_a_custom_says_check_the_port() =>
        Expect(Plain with { Port = 5555, OnTheWire = AnswerKind.Http }, EndpointMismatch.WantsWebSocket, "Check host and port");

    [Fact]
    public void A_connack_to_a_websocket_request_says_switch_it_off() =>
        Expect(InsideTls with { WebSocket = true, InsideTls = AnswerKind.ConnAck }, EndpointMismatch.WantsNoWebSocket, "off");

    [Theory]
    [InlineData(8883, "proxy")]
    [InlineData(1883, "switch TLS off")]
    public void Bytes_that_are_no_tls_are_said_to_be_none(int port, string remedy) =>
        Expect(Tls with { Port = port, OnTheWire = AnswerKind.Other }, EndpointMismatch.NoTls, remedy);

    [Fact]
    public void Bytes_that_are_no_mqtt_are_said_to_be_none() =>
        Expect(Plain with { OnTheWire = AnswerKind.Other }, EndpointMismatch.NoMqtt, "8883");

    [Theory]
    [InlineData(8883, "user name and password")]
    [InlineData(8884, "8883 with TLS")]
    [InlineData(443, "8883 with TLS")]
    [InlineData(8084, "8883 with TLS")]
    public void A_close_right_after_connect_inside_tls(int port, string remedy) =>
        Expect(InsideTls with { Port = port }, EndpointMismatch.ClosedWithoutAnswer, remedy, "right after CONNECT");

    [Theory]
    [InlineData(1883, "user name and password")]
    [InlineData(8883, "Switch TLS on")]
    [InlineData(8884, "Switch TLS on")]
    [InlineData(443, "Switch TLS on")]
    [InlineData(8083, "WebSocket")]
    [InlineData(18_883, "Switch TLS on if the port speaks it")]
    public void A_close_right_after_plain_connect(int port, string remedy) =>
        Expect(Plain with { Port = port }, EndpointMismatch.ClosedWithoutAnswer, remedy, "right after CONNECT");

    [Fact]
    public void A_close_right_after_the_client_hello() =>
        Expect(Tls, EndpointMismatch.ClosedWithoutAnswer, "speaks TLS", "ClientHello");

    [Fact]
    public void A_close_right_after_the_client_hello_on_the_plain_port() =>
        Expect(Tls with { Port = 1883 }, EndpointMismatch.ClosedWithoutAnswer, "Port 1883 is customarily plain MQTT", "ClientHello");

    [Fact]
    public void A_close_right_after_the_websocket_request() =>
        Expect(Plain with { WebSocket = true }, EndpointMismatch.ClosedWithoutAnswer, "wss", "WebSocket request");

    [Theory]
    [InlineData(8883, false, "Switch TLS on")]
    [InlineData(8083, false, "WebSocket")]
    [InlineData(1883, false, "both directions")]
    [InlineData(1883, true, "Switch TLS off")]
    [InlineData(8883, true, "both directions")]
    public void Silence_is_explained_by_port_and_by_what_was_spoken(int port, bool tls, string remedy) =>
        Expect(Plain with { Port = port, Tls = tls, Closed = false }, EndpointMismatch.Silent, remedy, "did not answer");

    [Theory]
    [InlineData(false, false, AnswerKind.ConnAck)]
    [InlineData(true, false, AnswerKind.TlsRecord)]
    [InlineData(false, true, AnswerKind.Http)]
    public void What_fits_is_left_to_the_layer_that_spoke(bool tls, bool webSocket, object answer) =>
        Assert.Null(RefusalExplainer.Explain(Plain with { Tls = tls, WebSocket = webSocket, OnTheWire = (AnswerKind)answer }));

    [Fact]
    public void Every_combination_has_an_answer_or_none_and_never_two_empty_sentences()
    {
        foreach (var answer in Enum.GetValues<AnswerKind>())
        {
            foreach (var port in (int[])[80, 443, 1883, 8083, 8084, 8883, 8884, 9001, 12345])
            {
                for (var flags = 0; flags < 16; flags++)
                {
                    var attempt = new ConnectAttempt(
                        "h", port, (flags & 1) != 0, (flags & 2) != 0, answer, answer, (flags & 4) != 0, (flags & 8) != 0);
                    if (RefusalExplainer.Explain(attempt) is { } explanation)
                    {
                        var exception = explanation.ToException(inner: null);
                        Assert.EndsWith(".", explanation.What, StringComparison.Ordinal);
                        Assert.EndsWith(".", exception.Remedy, StringComparison.Ordinal);
                        Assert.Contains($"h:{port}", exception.Message, StringComparison.Ordinal);
                    }
                }
            }
        }
    }

    private static void Expect(ConnectAttempt attempt, EndpointMismatch mismatch, string remedy, string what = "h:")
    {
        var explanation = RefusalExplainer.Explain(attempt)!.Value;
        Assert.Equal(mismatch, explanation.Mismatch);
        Assert.Contains(remedy, explanation.Remedy, StringComparison.Ordinal);
        Assert.Contains(what, explanation.What, StringComparison.Ordinal);
        Assert.Equal(mismatch, explanation.ToException(inner: null).Mismatch);
    }
}
