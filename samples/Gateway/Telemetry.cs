using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sim800.Mqtt;

namespace Gateway;

/// <summary>
/// Publishes a reading at every interval, with or without a connection: it is in the store when <c>PublishAsync</c> has returned its task,
/// and a pace that waited for the confirmations would be that of the network.
/// </summary>
internal sealed class Telemetry(
    Sim800MqttClient client, IOptions<GatewaySettings> settings, TimeProvider time, ILogger<Telemetry> log) : BackgroundService
{
    private readonly PeriodicTimer _timer = new(settings.Value.Interval, time);

    /// <summary>From one reading to the next.</summary>
    internal TimeSpan Interval
    {
        get => _timer.Period;
        set => _timer.Period = value;
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var run = time.GetUtcNow().ToUnixTimeMilliseconds();
        var topic = $"{settings.Value.Topic}/reading";
        for (var number = 0L; await _timer.WaitForNextTickAsync(stoppingToken); number++)
        {
            var reading = new Reading(run, number, time.GetUtcNow(), Reading.ReadTemperature());
            var payload = JsonSerializer.SerializeToUtf8Bytes(reading, GatewayJson.Default.Reading);
            _ = ConfirmAsync(number, client.PublishAsync(topic, payload, MqttQoS.ExactlyOnce, cancellationToken: CancellationToken.None));
            GatewayLog.Taken(log, run, number);
        }
    }

    private async Task ConfirmAsync(long number, ValueTask confirmation)
    {
        try
        {
            await confirmation;
            GatewayLog.Confirmed(log, number);
        }
        catch (MqttStoreFullException e)
        {
            GatewayLog.Lost(log, number, e);
        }
        catch (MqttException e)
        {
            GatewayLog.LeftInStore(log, number, e); // the next run sends it
        }
    }
}
