using System.IO.Pipelines;
using Sim800.Modem;
using Sim800.Mqtt.Client;
using Sim800.Mqtt.Refusals;
using Sim800.Tls;

namespace Sim800.Mqtt.Composition;

/// <summary>The way from one open TCP connection up to MQTT, and the explanation when something else answers on the way.</summary>
internal sealed class Ascent : IAsyncDisposable
{
    private readonly Sim800MqttClientOptions _options;
    private readonly TlsClientOptions _tls;
    private readonly StageReport _report;
    private readonly FirstBytesTap _wire;
    private FirstBytesTap _inside;
    private IDuplexPipe _top;
    private bool _tlsEstablished;
    private bool _isHandedOver;

    internal Ascent(Sim800MqttClientOptions options, TlsClientOptions tls, StageReport report, IDuplexPipe tcp)
    {
        (_options, _tls, _report) = (options, tls, report);
        _wire = new FirstBytesTap(tcp);
        (_inside, _top) = (_wire, _wire);
    }

    /// <summary>Closes what was opened, unless MQTT has taken it over.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isHandedOver)
        {
            return;
        }

        await _top.Output.CompleteAsync().ConfigureAwait(false);
        await _top.Input.CompleteAsync().ConfigureAwait(false);
        if (_top is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal async Task<MqttConnection> ClimbAsync(MqttClient client, CancellationToken cancellationToken)
    {
        try
        {
            await AddTlsAsync(cancellationToken).ConfigureAwait(false);
            await AddWebSocketAsync(cancellationToken).ConfigureAwait(false);
            _report.Start(Sim800Stage.Mqtt);
            _isHandedOver = true; // from here on the MQTT connection closes what is below it
            var connection = await client.AttachAsync(_top, cancellationToken).ConfigureAwait(false);
            _report.Complete(client.Resumption is MqttSessionResumption.Resumed ? "session resumed" : null);
            return connection;
        }
        catch (Exception e)
        {
            throw Explain(e)?.ToException(e) ?? e;
        }
    }

    private async Task AddTlsAsync(CancellationToken cancellationToken)
    {
        if (!_options.TlsIsOn)
        {
            return;
        }

        _report.Start(Sim800Stage.Tls);
        var tls = await TlsConnection.ConnectAsync(_wire, _tls, cancellationToken).ConfigureAwait(false);
        _tlsEstablished = true;
        _inside = new FirstBytesTap(tls);
        _top = _inside;
        _report.Complete($"{tls.Info.Protocol}, {tls.Info.CipherSuite}{(tls.Info.IsResumed ? ", resumed" : "")}");
    }

    private async Task AddWebSocketAsync(CancellationToken cancellationToken)
    {
        if (_options.UseWebSocket)
        {
            _report.Start(Sim800Stage.WebSocket);
            _top = await WebSocketConnection.ConnectAsync(_top, _options.WebSocket, cancellationToken).ConfigureAwait(false);
            _report.Complete();
        }
    }

    /// <summary>Only where the far end did something unexpected; a link that failed below has its own reason.</summary>
    private Explanation? Explain(Exception failure)
    {
        bool? closed = failure switch
        {
            TlsProtocolException or MqttProtocolException => false,
            TlsClosedException => true,
            TlsTimeoutException => false,
            WebSocketUpgradeException { Error: WebSocketUpgradeError.Closed } => true,
            WebSocketUpgradeException { Error: WebSocketUpgradeError.NotHttp or WebSocketUpgradeError.Timeout } => false,
            MqttLinkException { Failure: MqttLinkFailure.ClosedBeforeConnAck } => true,
            MqttLinkException { Failure: MqttLinkFailure.NoAnswer } => false,
            MqttLinkException { InnerException: TcpLinkException { Reason: TcpLinkReason.ClosedByPeer } or TlsClosedException } => true,
            TcpLinkException { Reason: TcpLinkReason.ClosedByPeer } => true,
            _ => null,
        };
        return closed is { } isClosed
            ? RefusalExplainer.Explain(new ConnectAttempt(
                _options.Host,
                _options.Port,
                _options.TlsIsOn,
                _options.UseWebSocket,
                _wire.Answer,
                _inside.Answer,
                _tlsEstablished,
                isClosed || _inside.Closed))
            : null;
    }
}
