using System.Globalization;
using System.Net.Sockets;
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
/// <param name="name">Which of the two programs this is, a level of its topics: <see cref="OverModem"/> or <see cref="OverTcp"/>.</param>
/// <param name="output">Where the steps are said.</param>
/// <param name="numbers">The next number of each quality of service.</param>
internal sealed class SoakClient(string name, Stream output, int[] numbers)
{
    /// <summary>A <see cref="Sim800MqttClient"/>, which connects anew by itself.</summary>
    internal const string OverModem = "modem";

    /// <summary>A <see cref="MqttClient"/> for each connection, on a socket of this computer.</summary>
    internal const string OverTcp = "tcp";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();

    /// <summary>The topics of what a program publishes, all or those of one quality of service.</summary>
    internal static string Up(string name) => $"soak/{name}/up/";

    /// <summary>The topics of what a program receives.</summary>
    internal static string Down(string name) => $"soak/{name}/down/";

    /// <param name="arguments">Name, device, file of the session store, file of the certification authority, port, the first numbers of QoS 1 and 2.</param>
    /// <param name="stopping">Cancelled by Ctrl-C.</param>
    internal static async Task<int> RunAsync(string[] arguments, CancellationToken stopping)
    {
        var (name, device, file, authority, port) = (arguments[0], arguments[1], arguments[2], arguments[3], Number(arguments[4]));
        using var store = MqttSqliteSessionStore.Open(file);
        await using var output = Console.OpenStandardOutput();
        var program = new SoakClient(name, output, [0, Number(arguments[5]), Number(arguments[6])]);
        var tls = new TlsClientOptions { ServerName = SoakBroker.Host, Trust = TlsTrust.FromPem(await File.ReadAllTextAsync(authority, stopping)) };
        var mqtt = Options(name, store);
        using var finishing = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var living = name is OverModem
            ? program.LiveOverModemAsync(device, new Sim800MqttClientOptions
            {
                Host = SoakBroker.Host,
                Port = port,
                UseTls = true,
                Modem = new ModemOptions { Apn = "internet" },
                Tls = tls,
                Mqtt = mqtt,
            }, finishing.Token, stopping)
            : program.LiveOverTcpAsync(port, tls, mqtt, finishing.Token, stopping);
        await Task.WhenAny(living, Console.In.ReadToEndAsync(stopping)); // the end of its input is the sign to finish
        await finishing.CancelAsync();
        await living;
        return 0;
    }

    private static MqttClientOptions Options(string name, MqttSqliteSessionStore store) => new()
    {
        ClientId = "soak-" + name,
        CleanSession = false,
        KeepAlive = TimeSpan.FromSeconds(30),
        SessionStore = store,
        MaxUnclaimedMessages = 1000,
    };

    private static Task EndedAsync(Task task) => task.ContinueWith(
        static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private async Task LiveOverModemAsync(string device, Sim800MqttClientOptions options, CancellationToken finishing, CancellationToken stopping)
    {
        await using var client = Sim800MqttClient.Start(device, options);
        await LiveAsync(client, finishing, stopping);
    }

    /// <summary>One client after another, each with the session of the last.</summary>
    private async Task LiveOverTcpAsync(
        int port, TlsClientOptions tls, MqttClientOptions mqtt, CancellationToken finishing, CancellationToken stopping)
    {
        for (var isFinished = false; !isFinished;)
        {
            try
            {
                await using var client = await ConnectAsync(port, tls, mqtt, stopping);
                isFinished = await LiveAsync(client, finishing, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested && e is MqttException or TlsException or SocketException or IOException or OperationCanceledException)
            {
                Say("S Failed " + e.Message.ReplaceLineEndings(" "));
                await Task.Delay(Pause, stopping);
            }
        }
    }

    private static async Task<MqttClient> ConnectAsync(int port, TlsClientOptions tls, MqttClientOptions mqtt, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(ConnectTimeout);
        var tcp = await TcpTransport.ConnectAsync(port, patience.Token);
        return await MqttClient.ConnectAsync(await TlsConnection.ConnectAsync(tcp, tls, patience.Token), mqtt, patience.Token);
    }

    /// <summary>Publishes and receives as long as the client lasts, or until it shall finish and all is acknowledged.</summary>
    /// <returns>Whether it has finished.</returns>
    private async Task<bool> LiveAsync(IMqttClient client, CancellationToken finishing, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var watching = WatchAsync(client, end.Token);
        var receiving = ReceiveAsync(client, end.Token);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(finishing);
        var publishing = PublishAsync(client, enough.Token);
        await Task.WhenAny(publishing, client.Completion);
        await enough.CancelAsync();
        await EndedAsync(publishing);
        await DrainAsync(client, stopping);
        await end.CancelAsync();
        await Task.WhenAll(EndedAsync(watching), EndedAsync(receiving));
        return finishing.IsCancellationRequested && client.Unacknowledged == 0;
    }

    /// <summary>Waits until all is acknowledged, or the client has ended.</summary>
    private static async Task DrainAsync(IMqttClient client, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Patience);
        while (client.Unacknowledged > 0 && !client.Completion.IsCompleted)
        {
            await Task.Delay(Interval, patience.Token);
        }
    }

    private async Task WatchAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        await foreach (var status in client.WatchAsync(cancellationToken))
        {
            var reason = status.Reason?.Message.ReplaceLineEndings(" ") ?? "";
            Say(string.Create(CultureInfo.InvariantCulture, $"S {status.State} {status.Connections} {status.Failures} {status.Stage} {reason}"));
        }
    }

    private async Task PublishAsync(IMqttClient client, CancellationToken cancellationToken)
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

    private MqttMessage Message(int qos, int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Up(name)}{qos}/{number}"), new byte[number % 200], (MqttQoS)qos);

    private async Task ConfirmAsync(Task confirmed, int qos, int number)
    {
        await confirmed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (confirmed.IsCompletedSuccessfully)
        {
            Say(Line('K', qos, number));
        }
    }

    private async Task ReceiveAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        await using var subscription = await client.SubscribeAsync(
            [new MqttTopicFilter(Down(name) + "1/+", MqttQoS.AtLeastOnce), new MqttTopicFilter(Down(name) + "2/+", MqttQoS.ExactlyOnce)],
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
