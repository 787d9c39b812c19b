using System.Diagnostics;
using System.Globalization;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Tls;

namespace Quickstart;

/// <summary>A greenhouse that reports its temperature and obeys a command.</summary>
internal sealed class Demo(QuickstartOptions options, StageView view)
{
    private int _published;
    private int _acknowledged;
    private int _received;

    /// <returns>The last line: <c>published N, acknowledged N, received M</c>.</returns>
    internal async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        await using var stand = options.Device is null ? new DemoStand() : null;
        var device = options.Device ?? stand!.DevicePath;
        view.Title($"{device} at {options.BaudRate} baud -> {options.Host ?? DemoStand.Host}:{options.Port}, topic {options.Topic}");

        await using var client = await Sim800MqttClient.ConnectAsync(device, ClientOptions(stand), cancellationToken);
        await using var commands = await client.SubscribeAsync(
            $"{options.Topic}/command", MqttQoS.AtLeastOnce, cancellationToken: cancellationToken);

        for (var i = 0; i < options.Count; i++)
        {
            var temperature = (21.5 + (0.25 * i)).ToString("0.00", CultureInfo.InvariantCulture);
            await PublishAsync(client, "temperature", temperature, cancellationToken);
        }

        // An operator would send this from elsewhere; to the broker one client is as good as another.
        await PublishAsync(client, "command", "open the window", cancellationToken);
        await ReceiveOneAsync(commands, cancellationToken);

        await client.DisconnectAsync(cancellationToken);
        return $"published {_published}, acknowledged {_acknowledged}, received {_received}";
    }

    private async Task PublishAsync(Sim800MqttClient client, string name, string text, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        _published++;
        await client.PublishAsync(
            $"{options.Topic}/{name}", text, MqttQoS.AtLeastOnce, cancellationToken: cancellationToken);
        _acknowledged++; // at QoS 1 the call returns when PUBACK has come
        view.Sent(name, text, watch.Elapsed);
    }

    private async Task ReceiveOneAsync(IMqttSubscription commands, CancellationToken cancellationToken)
    {
        await foreach (var message in commands.WithCancellation(cancellationToken))
        {
            _received++;
            view.Received(message.Topic[(options.Topic.Length + 1)..], message.PayloadText);
            return;
        }
    }

    private Sim800MqttClientOptions ClientOptions(DemoStand? stand) => new()
    {
        Host = options.Host ?? DemoStand.Host,
        Port = options.Port,
        Modem = new ModemOptions
        {
            BaudRate = options.BaudRate,
            Apn = stand is null ? options.Apn : DemoStand.Apn,
            Pin = options.Pin,
        },
        Tls = new TlsClientOptions
        {
            ServerName = options.Host ?? DemoStand.Host,
            Trust = Trust(stand),
        },
        Mqtt = new MqttClientOptions
        {
            Credentials = stand is null ? Credentials() : new MqttCredentials(DemoStand.User, DemoStand.Password),
        },
        KeepSessionWhileRunning = false, // removing it from the server at the end costs one more connection
        Progress = view,
    };

    private TlsTrust Trust(DemoStand? stand) => (stand, options.AuthorityFile) switch
    {
        ({ } demo, _) => TlsTrust.FromPem(demo.AuthorityPem),
        (_, { } file) => TlsTrust.FromPemFile(file),
        _ => TlsTrust.System,
    };

    private MqttCredentials? Credentials() => options.User is { } user ? new MqttCredentials(user, options.Password) : null;
}
