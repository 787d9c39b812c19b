using System.Globalization;
using System.Text;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Mqtt.Sqlite;
using Sim800.Tls;

namespace Sim800.Benchmarks.Soak;

/// <summary>
/// The program that is killed: publishes numbered messages of QoS 1 and 2 without end, takes those of the other direction, and says each step
/// on standard output, a line each: <c>I</c> about to publish, <c>A</c> accepted, <c>K</c> confirmed, <c>R</c> received, <c>T</c> acknowledged
/// (each with QoS and number), <c>S</c> a new status. A line is one write: what is in the pipe stays there when the process is killed.
/// </summary>
internal sealed class SoakClient(IMqttClient client, Stream output, int[] numbers)
{
    internal const string Up = "soak/up/";
    internal const string Down = "soak/down/";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);
    private readonly Lock _gate = new();

    /// <param name="arguments">Device, file of the session store, file of the certification authority, port, the first numbers of QoS 1 and 2.</param>
    /// <param name="stopping">Cancelled by Ctrl-C.</param>
    internal static async Task<int> RunAsync(string[] arguments, CancellationToken stopping)
    {
        var (device, file, authority) = (arguments[0], arguments[1], arguments[2]);
        using var store = MqttSqliteSessionStore.Open(file);
        await using var output = Console.OpenStandardOutput();
        await using var client = Sim800MqttClient.Start(device, Options(authority, Number(arguments[3]), store));
        var program = new SoakClient(client, output, [0, Number(arguments[4]), Number(arguments[5])]);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var watching = program.WatchAsync(end.Token);
        var receiving = program.ReceiveAsync(end.Token);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var publishing = program.PublishAsync(enough.Token);
        await Console.In.ReadToEndAsync(stopping); // the end of its input is the sign to finish
        await enough.CancelAsync();
        await EndedAsync(publishing);
        await DrainAsync(client, stopping);
        await end.CancelAsync();
        await Task.WhenAll(EndedAsync(watching), EndedAsync(receiving));
        return 0;
    }

    /// <summary>Waits until all is acknowledged.</summary>
    private static async Task DrainAsync(Sim800MqttClient client, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        while (client.Unacknowledged > 0)
        {
            await Task.Delay(Interval, patience.Token);
        }
    }

    private static Task EndedAsync(Task task) => task.ContinueWith(
        static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static Sim800MqttClientOptions Options(string authority, int port, MqttSqliteSessionStore store) => new()
    {
        Host = SoakBroker.Host,
        Port = port,
        UseTls = true,
        Modem = new ModemOptions { Apn = "internet" },
        Tls = new TlsClientOptions { ServerName = SoakBroker.Host, Trust = TlsTrust.FromPem(File.ReadAllText(authority)) },
        Mqtt = new MqttClientOptions
        {
            ClientId = "soak",
            CleanSession = false,
            KeepAlive = TimeSpan.FromSeconds(30),
            SessionStore = store,
            MaxUnclaimedMessages = 1000,
        },
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        await foreach (var status in client.WatchAsync(cancellationToken))
        {
            var reason = status.Reason?.Message.ReplaceLineEndings(" ") ?? "";
            Say(string.Create(CultureInfo.InvariantCulture, $"S {status.State} {status.Connections} {status.Failures} {status.Stage} {reason}"));
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        for (var turn = 0; await timer.WaitForNextTickAsync(cancellationToken); turn++)
        {
            var qos = 1 + (turn % 2);
            var number = numbers[qos]++;
            Say(Line('I', qos, number));
            var confirmed = client.PublishAsync(Message(qos, number), cancellationToken).AsTask();
            if (!confirmed.IsFaulted)
            {
                Say(Line('A', qos, number));
                _ = ConfirmAsync(confirmed, qos, number);
            }
        }
    }

    private static MqttMessage Message(int qos, int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Up}{qos}/{number}"), new byte[number % 200], (MqttQoS)qos);

    private async Task ConfirmAsync(Task confirmed, int qos, int number)
    {
        await confirmed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (confirmed.IsCompletedSuccessfully)
        {
            Say(Line('K', qos, number));
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        await using var subscription = await client.SubscribeAsync(
            [new MqttTopicFilter(Down + "1/+", MqttQoS.AtLeastOnce), new MqttTopicFilter(Down + "2/+", MqttQoS.ExactlyOnce)],
            new MqttSubscribeOptions { Acknowledgement = MqttAcknowledgement.Manual, UnsubscribeOnDispose = false },
            cancellationToken);
        await foreach (var message in subscription.WithCancellation(cancellationToken))
        {
            var levels = message.Topic.Split('/');
            var (qos, number) = (Number(levels[^2]), Number(levels[^1]));
            Say(Line('R', qos, number));
            message.Acknowledge();
            Say(Line('T', qos, number));
        }
    }

    private static string Line(char kind, int qos, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind} {qos} {number}");

    private void Say(string line)
    {
        lock (_gate)
        {
            output.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }
}
