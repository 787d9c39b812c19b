using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sim800.Modem;
using Sim800.Mqtt;

namespace Gateway;

/// <summary>
/// Obeys what comes to <c>TOPIC/command/...</c> and answers on <c>TOPIC/answer/...</c>. A command is acknowledged when it was carried out: one that a
/// power cut interrupts comes again, so each may be carried out twice.
/// </summary>
internal sealed class Commands(
    Sim800MqttClient client, Telemetry telemetry, IOptions<GatewaySettings> settings, ILogger<Commands> log) : BackgroundService
{
    private readonly string _prefix = $"{settings.Value.Topic}/command/";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The subscription stays at the server over restarts of the gateway, which collects what comes meanwhile.
        var options = new MqttSubscribeOptions { Handler = ObeyAsync, UnsubscribeOnDispose = false };
        await using var subscription = await client.SubscribeAsync([$"{_prefix}#"], options, stoppingToken);
        GatewayLog.Listening(log, _prefix);
        await subscription.Completion.WaitAsync(stoppingToken);
    }

    private async ValueTask ObeyAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        var command = message.Topic[_prefix.Length..];
        GatewayLog.Obeying(log, command);
        var answer = command switch
        {
            "interval" => SetInterval(message.PayloadText),
            "report" => await ReportAsync(cancellationToken),
            "echo" => message.PayloadText,
            _ => "unknown; known are interval, report and echo",
        };

        // Stored is enough: whether the server has it is the client's to see to.
        _ = AnswerAsync(command, client.PublishAsync(
            $"{settings.Value.Topic}/answer/{command}", answer, MqttQoS.AtLeastOnce, cancellationToken: CancellationToken.None));
    }

    private async Task AnswerAsync(string command, ValueTask confirmation)
    {
        try
        {
            await confirmation;
        }
        catch (MqttException e)
        {
            GatewayLog.Unanswered(log, command, e);
        }
    }

    private string SetInterval(string text)
    {
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || seconds < GatewaySettings.ShortestInterval.TotalSeconds || seconds > GatewaySettings.LongestInterval.TotalSeconds)
        {
            return "not allowed; write a number of seconds, from 0.01 to 86400";
        }

        telemetry.Interval = TimeSpan.FromSeconds(seconds);
        return text;
    }

    private async Task<string> ReportAsync(CancellationToken cancellationToken)
    {
        if (client.Modem is not { } modem)
        {
            return "no modem";
        }

        try
        {
            var signal = await modem.Network.ReadSignalAsync(cancellationToken);
            var supply = await modem.Power.ReadBatteryAsync(cancellationToken);
            var registration = await modem.Network.ReadRegistrationAsync(cancellationToken);
            return JsonSerializer.Serialize(
                new Report(signal.Dbm, supply.Millivolts, registration.Status.ToString(), client.Status.Connections, client.Unacknowledged, client.BytesToday),
                GatewayJson.Default.Report);
        }
        catch (ModemException e)
        {
            return e.Message;
        }
    }
}
