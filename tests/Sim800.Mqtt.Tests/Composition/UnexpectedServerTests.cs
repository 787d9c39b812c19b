using Sim800.Tls;
using TestKit.Hostile;
using TestKit.Hostile.Tls;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>Servers that close, say nothing or say something else, at each layer.</summary>
public sealed class UnexpectedServerTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);
    private static readonly PeerScript Closing = new PeerScript().ExpectAnything();
    private static readonly PeerScript Silent = new PeerScript().StaySilent();

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_closes_at_the_client_hello()
    {
        var refusal = await RefusalAsync(8883, webSocket: false, Closing);

        Assert.Equal(MqttEndpointMismatch.ClosedWithoutAnswer, refusal.Mismatch);
        Assert.Contains("ClientHello", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_does_not_answer_the_client_hello()
    {
        var refusal = await RefusalAsync(8883, webSocket: false, Silent);

        Assert.Equal(MqttEndpointMismatch.Silent, refusal.Mismatch);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_does_not_answer_connect()
    {
        var refusal = await RefusalAsync(1883, webSocket: false, Silent);

        Assert.Equal(MqttEndpointMismatch.Silent, refusal.Mismatch);
        Assert.Contains("CONNECT", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_closes_at_the_websocket_request()
    {
        var refusal = await RefusalAsync(8083, webSocket: true, Closing);

        Assert.Equal(MqttEndpointMismatch.ClosedWithoutAnswer, refusal.Mismatch);
        Assert.Contains("WebSocket request", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_answers_the_websocket_request_with_mqtt()
    {
        var refusal = await RefusalAsync(8083, webSocket: true, Answering("\u0020\u0002\0\0"));

        Assert.Equal(MqttEndpointMismatch.WantsNoWebSocket, refusal.Mismatch);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_web_server_without_mqtt_is_the_websockets_to_tell()
    {
        await using var rig = new Rig();
        rig.Serve(8083, Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").PlayAsync);

        var refusal = await Assert.ThrowsAsync<MqttWebSocketUpgradeException>(
            () => rig.ConnectAsync(rig.Options with { Port = 8083, UseWebSocket = true }));

        Assert.Equal(404, refusal.StatusCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_tls_alert_is_the_tls_layers_to_tell()
    {
        await using var rig = new Rig();
        rig.Serve(8883, new PeerScript().ExpectAnything().Send(ScriptedTlsServer.Record(TlsRecordType.Alert, [2, 40])).StaySilent().PlayAsync);

        var refusal = await Assert.ThrowsAsync<TlsAlertException>(() => rig.ConnectOnceAsync(rig.Options with { Port = 8883 }));

        Assert.Equal(TlsAlert.HandshakeFailure, refusal.Alert);
    }

    private static PeerScript Answering(string answer) => new PeerScript().ExpectAnything().Send(answer).StaySilent();

    private static async Task<MqttEndpointException> RefusalAsync(int port, bool webSocket, PeerScript script)
    {
        var patience = script == Silent ? Moment : TimeSpan.FromSeconds(30);
        await using var rig = new Rig();
        rig.Serve(port, script.PlayAsync);
        return await Assert.ThrowsAsync<MqttEndpointException>(() => rig.ConnectOnceAsync(rig.Options with
        {
            Port = port,
            UseWebSocket = webSocket,
            Tls = new TlsClientOptions { ServerName = Rig.Host, HandshakeTimeout = patience },
            Mqtt = rig.Options.Mqtt with { ConnectTimeout = patience },
        }));
    }
}
