using Sim800.Mqtt.Refusals;

namespace Sim800.Mqtt.Tests.Refusals;

public sealed class RefusalExplainerTests
{
    private static readonly ConnectAttempt Plain = new("h", 1883, false, false, AnswerKind.Nothing, AnswerKind.Nothing, false, true);
    private static readonly ConnectAttempt Tls = Plain with { Port = 8883, Tls = true };
    private static readonly ConnectAttempt InsideTls = Tls with { TlsEstablished = true, OnTheWire = AnswerKind.TlsRecord };

    [Fact]
    public void A_tls_alert_where_plain_mqtt_was_spoken_asks_for_tls() =>
        Expect(Plain with { OnTheWire = AnswerKind.TlsRecord }, MqttEndpointMismatch.WantsTls, "Switch TLS on");

    [Fact]
    public void A_tls_alert_on_8884_also_names_the_port_to_use() =>
        Expect(Plain with { Port = 8884, OnTheWire = AnswerKind.TlsRecord }, MqttEndpointMismatch.WantsTls, "8883");

    [Fact]
    public void A_tls_alert_where_plain_ws_was_spoken_asks_for_tls() =>
        Expect(
            Plain with { Port = 8884, WebSocket = true, OnTheWire = AnswerKind.TlsRecord }, MqttEndpointMismatch.WantsTls, "Switch TLS on for this port");

    [Fact]
    public void A_connack_where_tls_was_spoken_is_a_plain_port() =>
        Expect(Tls with { OnTheWire = AnswerKind.ConnAck }, MqttEndpointMismatch.WantsPlainMqtt, "8883");

    [Theory]
    [InlineData(8083, "8883")]
    [InlineData(8883, "web server")]
    public void Plain_http_where_tls_was_spoken_is_told_by_port(int port, string remedy) =>
        Expect(Tls with { Port = port, OnTheWire = AnswerKind.Http }, MqttEndpointMismatch.WantsWebSocket, remedy);

    [Theory]
    [InlineData(8884)]
    [InlineData(443)]
    [InlineData(8084)]
    public void Http_inside_tls_on_a_websocket_port_says_8883_or_websocket(int port) =>
        Expect(InsideTls with { Port = port, InsideTls = AnswerKind.Http }, MqttEndpointMismatch.WantsWebSocket, $"port {port} is customarily");

    [Fact]
    public void Http_where_plain_mqtt_was_spoken_on_8083_says_websocket() =>
        Expect(Plain with { Port = 8083, OnTheWire = AnswerKind.Http }, MqttEndpointMismatch.WantsWebSocket, "without TLS");

    [Fact]
    public void Http_on_a_port_without_a_custom_says_check_the_port() =>
        Expect(Plain with { Port = 5555, OnTheWire = AnswerKind.Http }, MqttEndpointMismatch.WantsWebSocket, "Check host and port");

    [Fact]
    public void A_connack_to_a_websocket_request_says_switch_it_off() =>
        Expect(InsideTls with { WebSocket = true, InsideTls = AnswerKind.ConnAck }, MqttEndpointMismatch.WantsNoWebSocket, "off");

    [Theory]
    [InlineData(8883, "proxy")]
    [InlineData(1883, "switch TLS off")]
    public void Bytes_that_are_no_tls_are_said_to_be_none(int port, string remedy) =>
        Expect(Tls with { Port = port, OnTheWire = AnswerKind.Other }, MqttEndpointMismatch.NoTls, remedy);

    [Fact]
    public void Bytes_that_are_no_mqtt_are_said_to_be_none() =>
        Expect(Plain with { OnTheWire = AnswerKind.Other }, MqttEndpointMismatch.NoMqtt, "8883");

    [Theory]
    [InlineData(8883, "user name and password")]
    [InlineData(8884, "8883 with TLS")]
    [InlineData(443, "8883 with TLS")]
    [InlineData(8084, "8883 with TLS")]
    public void A_close_right_after_connect_inside_tls(int port, string remedy) =>
        Expect(InsideTls with { Port = port }, MqttEndpointMismatch.ClosedWithoutAnswer, remedy, "right after CONNECT");

    [Theory]
    [InlineData(1883, "user name and password")]
    [InlineData(8883, "Switch TLS on")]
    [InlineData(8884, "Use port 8883 with TLS, or switch TLS and MQTT over WebSocket on")]
    [InlineData(443, "Use port 8883 with TLS, or switch TLS and MQTT over WebSocket on")]
    [InlineData(8083, "Use port 8883 with TLS, or switch MQTT over WebSocket on")]
    [InlineData(18_883, "Switch TLS on if the port speaks it")]
    public void A_close_right_after_plain_connect(int port, string remedy) =>
        Expect(Plain with { Port = port }, MqttEndpointMismatch.ClosedWithoutAnswer, remedy, "right after CONNECT");

    [Fact]
    public void A_close_right_after_the_client_hello() =>
        Expect(Tls, MqttEndpointMismatch.ClosedWithoutAnswer, "speaks TLS", "ClientHello");

    [Fact]
    public void A_close_right_after_the_client_hello_on_the_plain_port() =>
        Expect(Tls with { Port = 1883 }, MqttEndpointMismatch.ClosedWithoutAnswer, "port 1883 is customarily plain MQTT", "ClientHello");

    [Fact]
    public void A_close_right_after_the_websocket_request() =>
        Expect(Plain with { Port = 12_345, WebSocket = true }, MqttEndpointMismatch.ClosedWithoutAnswer, "wss", "WebSocket request");

    [Theory]
    [InlineData(8883, false, "Switch TLS on")]
    [InlineData(8083, false, "WebSocket")]
    [InlineData(1883, false, "both directions")]
    [InlineData(1883, true, "switch TLS off")]
    [InlineData(8883, true, "both directions")]
    public void Silence_is_explained_by_port_and_by_what_was_spoken(int port, bool tls, string remedy) =>
        Expect(Plain with { Port = port, Tls = tls, Closed = false }, MqttEndpointMismatch.Silent, remedy, "did not answer");

    [Theory]
    [InlineData(1883, true, false, MqttRemedy.SwitchTlsOffOrChangePort)]
    [InlineData(1883, false, true, MqttRemedy.SwitchWebSocketOff)]
    [InlineData(1884, true, true, MqttRemedy.UseTlsPort)]
    [InlineData(8883, false, false, MqttRemedy.SwitchTlsOn)]
    [InlineData(8883, true, true, MqttRemedy.SwitchWebSocketOff)]
    [InlineData(8886, false, true, MqttRemedy.SwitchWebSocketOffAndTlsOn)]
    [InlineData(8884, false, false, MqttRemedy.UseTlsPortOrSecureWebSocket)]
    [InlineData(8884, true, false, MqttRemedy.UseTlsPortOrWebSocket)]
    [InlineData(8081, false, true, MqttRemedy.SwitchTlsOn)]
    [InlineData(8083, true, false, MqttRemedy.UseTlsPortOrPlainWebSocket)]
    [InlineData(8080, false, false, MqttRemedy.UseTlsPortOrWebSocket)]
    [InlineData(8000, true, true, MqttRemedy.SwitchTlsOff)]
    [InlineData(15_675, false, false, MqttRemedy.UseTlsPortOrWebSocket)]
    [InlineData(14_567, true, false, MqttRemedy.UseTlsPort)]
    [InlineData(5672, false, false, MqttRemedy.UseTlsPort)]
    public void A_port_with_a_custom_is_named_and_says_what_to_change(int port, bool tls, bool webSocket, MqttRemedy remedy)
    {
        foreach (var closed in (bool[])[false, true])
        {
            var attempt = Plain with { Port = port, Tls = tls, WebSocket = webSocket, Closed = closed };
            var explanation = RefusalExplainer.Explain(attempt)!.Value;
            Assert.Equal(remedy, explanation.Remedy);
            Assert.Contains($"port {port} is customarily ", explanation.What, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1883, false, false)]
    [InlineData(8883, true, false)]
    [InlineData(8884, true, true)]
    [InlineData(8083, false, true)]
    [InlineData(12_345, true, true)]
    public void A_port_that_serves_what_was_spoken_is_not_blamed(int port, bool tls, bool webSocket) => Assert.DoesNotContain(
        "customarily",
        RefusalExplainer.Explain(Plain with { Port = port, Tls = tls, WebSocket = webSocket })!.Value.What,
        StringComparison.Ordinal);

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
                        Assert.EndsWith(".", exception.RemedyText, StringComparison.Ordinal);
                        Assert.Contains($"h:{port}", exception.Message, StringComparison.Ordinal);
                    }
                }
            }
        }
    }

    private static void Expect(ConnectAttempt attempt, MqttEndpointMismatch mismatch, string remedy, string what = "h:")
    {
        var explanation = RefusalExplainer.Explain(attempt)!.Value;
        Assert.Equal(mismatch, explanation.Mismatch);
        Assert.Contains(remedy, explanation.ToException(inner: null).Message, StringComparison.Ordinal);
        Assert.Contains(what, explanation.What, StringComparison.Ordinal);
        Assert.Equal(mismatch, explanation.ToException(inner: null).Mismatch);
    }
}
