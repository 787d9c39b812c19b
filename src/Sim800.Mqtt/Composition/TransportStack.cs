using System.IO.Pipelines;
using Sim800.Modem;
using Sim800.Mqtt.Client;
using Sim800.Mqtt.Refusals;
using Sim800.Tls;

namespace Sim800.Mqtt.Composition;

/// <summary>Puts the layers on top of each other, once per attempt: modem, TCP, TLS, WebSocket, MQTT.</summary>
internal sealed class TransportStack
{
    private readonly Sim800MqttClientOptions _options;
    private readonly ModemSource _source;
    private readonly StageReport _report;
    private readonly ModemOptions _modem;
    private readonly TlsClientOptions _tls;
    private ModemTcpConnection? _tcp;

    internal TransportStack(Sim800MqttClientOptions options, ModemSource source, StageReport report)
    {
        (_options, _source, _report) = (options, source, report);
        Traffic = new TcpTraffic(options.TimeProvider);
        _modem = options.EffectiveModem(new ProgressRelay(report, options.Modem.Progress));
        _tls = options.EffectiveTls(new TlsInMemorySessionCache(), ModemTime.For(options.TimeProvider, () => source.Current));
    }

    /// <summary>What all connections have carried.</summary>
    internal TcpTraffic Traffic { get; }

    /// <summary>The stage that the last attempt came to.</summary>
    internal Sim800Stage Stage => _report.Stage;

    /// <summary>Whether bytes have come from the server in the last attempt.</summary>
    internal bool HasReceived => _tcp is { ReceivedBytes: > 0 };

    /// <summary>One attempt. What was opened on the way is closed again when it fails.</summary>
    internal async Task<MqttConnection> OpenAsync(ClientCore core, ModemRecoveryRung? rung, CancellationToken cancellationToken)
    {
        _tcp = null;
        try
        {
            var isOpen = _source.Current is not null;
            var modem = await _source.GetAsync(_modem with { OpenAfter = rung }, cancellationToken).ConfigureAwait(false);
            var tcp = await OpenTcpAsync(modem, isOpen ? rung : null, cancellationToken).ConfigureAwait(false);
            _tcp!.AwaitsAnswer = () => core.OwesAnswer;
            var attempt = new Attempt(_options, _tls, _report, _options.WrapTransport?.Invoke(tcp) ?? tcp);
            await using (attempt.ConfigureAwait(false))
            {
                return await attempt.OpenAsync(core, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            _report.Fail(e);
            throw;
        }
    }

    private async Task<IDuplexPipe> OpenTcpAsync(CellularModem modem, ModemRecoveryRung? rung, CancellationToken cancellationToken)
    {
        if (!_source.IsOwned)
        {
            // A modem of the caller's reports its stages to the caller; only the last one is ours to tell.
            _report.Start(Sim800Stage.Tcp, $"{_options.Host}:{_options.Port}");
        }

        _tcp = await modem.ConnectTcpAsync(_options.Host, _options.Port, rung, cancellationToken).ConfigureAwait(false);
        Traffic.Open(_tcp);
        if (!_source.IsOwned)
        {
            _report.Complete($"{_options.Host}:{_options.Port}");
        }

        return _tcp;
    }

    private sealed class ProgressRelay(StageReport report, IProgress<Sim800Progress>? own) : IProgress<Sim800Progress>
    {
        public void Report(Sim800Progress value)
        {
            own?.Report(value);
            report.Report(value);
        }
    }

    /// <summary>The layers above one TCP connection, and the explanation when something else than the expected server answers.</summary>
    private sealed class Attempt : IAsyncDisposable
    {
        private readonly Sim800MqttClientOptions _options;
        private readonly TlsClientOptions _tls;
        private readonly StageReport _report;
        private readonly FirstBytesTap _wire;
        private FirstBytesTap _inside;
        private IDuplexPipe _top;
        private bool _tlsEstablished;
        private bool _isHandedOver;

        internal Attempt(Sim800MqttClientOptions options, TlsClientOptions tls, StageReport report, IDuplexPipe tcp)
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

        internal async Task<MqttConnection> OpenAsync(ClientCore core, CancellationToken cancellationToken)
        {
            try
            {
                await AddTlsAsync(cancellationToken).ConfigureAwait(false);
                await AddWebSocketAsync(cancellationToken).ConfigureAwait(false);
                _top = _options.WrapMqtt?.Invoke(_top) ?? _top;
                _report.Start(Sim800Stage.Mqtt);
                var attaching = core.AttachAsync(_top, cancellationToken);
                _isHandedOver = true; // from here on the MQTT connection closes what is below it
                var connection = await attaching.ConfigureAwait(false);
                _report.Complete(core.Resumption is MqttSessionResumption.Resumed ? "session resumed" : null);
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
                _top = await MqttWebSocketConnection.ConnectAsync(_top, _options.WebSocket, cancellationToken).ConfigureAwait(false);
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
                MqttWebSocketUpgradeException { Error: MqttWebSocketUpgradeError.Closed } => true,
                MqttWebSocketUpgradeException { Error: MqttWebSocketUpgradeError.NotHttp or MqttWebSocketUpgradeError.Timeout } => false,
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
}
