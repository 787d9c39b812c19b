using System.IO.Pipelines;
using Sim800.Modem;
using Sim800.Mqtt.Client;
using Sim800.Tls;

namespace Sim800.Mqtt.Composition;

/// <summary>Puts the layers on top of each other, once per attempt: modem, TCP, TLS, WebSocket, MQTT.</summary>
internal sealed class Connector
{
    private readonly Sim800MqttClientOptions _options;
    private readonly ModemSource _source;
    private readonly StageReport _report;
    private readonly Sim800ModemOptions _modem;
    private readonly TlsClientOptions _tls;

    internal Connector(Sim800MqttClientOptions options, ModemSource source, StageReport report)
    {
        (_options, _source, _report) = (options, source, report);
        _modem = options.EffectiveModem(new ProgressRelay(report, options.Modem.Progress));
        _tls = options.EffectiveTls(new InMemoryTlsSessionCache(), ModemTime.For(options.TimeProvider, () => source.Current));
    }

    /// <summary>One attempt. What was opened on the way is closed again when it fails.</summary>
    internal async Task<MqttConnection> ConnectAsync(MqttClient client, CancellationToken cancellationToken)
    {
        try
        {
            var modem = await _source.GetAsync(_modem, cancellationToken).ConfigureAwait(false);
            var tcp = await OpenTcpAsync(modem, cancellationToken).ConfigureAwait(false);
            var ascent = new Ascent(_options, _tls, _report, _options.WrapTransport?.Invoke(tcp) ?? tcp);
            await using (ascent.ConfigureAwait(false))
            {
                return await ascent.ClimbAsync(client, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            _report.Fail(e);
            throw;
        }
    }

    private async Task<IDuplexPipe> OpenTcpAsync(Sim800Modem modem, CancellationToken cancellationToken)
    {
        if (_source.IsOwned)
        {
            return await modem.ConnectTcpAsync(_options.Host, _options.Port, cancellationToken).ConfigureAwait(false);
        }

        // A modem of the caller's reports its stages to the caller; only the last one is ours to tell.
        _report.Start(Sim800Stage.Tcp, $"{_options.Host}:{_options.Port}");
        var tcp = await modem.ConnectTcpAsync(_options.Host, _options.Port, cancellationToken).ConfigureAwait(false);
        _report.Complete($"{_options.Host}:{_options.Port}");
        return tcp;
    }

    private sealed class ProgressRelay(StageReport report, IProgress<Sim800Progress>? own) : IProgress<Sim800Progress>
    {
        public void Report(Sim800Progress value)
        {
            own?.Report(value);
            report.Report(value);
        }
    }
}
