using System.Globalization;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Simulator;
using Sim800.Tls;
using TestKit;

namespace EndToEnd.Tests.Chaos;

/// <summary>
/// A client, a virtual modem and a broker with TLS on one virtual clock, numbered messages of QoS 1 and 2 both ways without end, and the books
/// of what became of them.
/// </summary>
internal sealed class ChaosStand : IAsyncDisposable
{
    private const string Host = "broker.test";
    private const int Port = 8883;
    private const string Up = "up/";
    private const string Down = "down/";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private readonly InMemoryNetwork _network = new();
    private readonly LoopbackBroker _impostor;
    private readonly CancellationTokenSource _stopping = new();
    private readonly int[] _delivered = [-1, -1, -1, -1];
    private readonly List<string> _refusals = [];
    private readonly TimeSpan _interval;
    private readonly Sim800ReconnectOptions _reconnect;
    private Task[] _traffic = [];
    private int _hangUps;
    private string? _hated;

    /// <param name="model">Of the modem.</param>
    /// <param name="seed">Of its chances.</param>
    /// <param name="interval">The time between two messages of one direction.</param>
    /// <param name="reconnect">How the client comes back; <c>null</c> as usual.</param>
    internal ChaosStand(VirtualModemModel model, int seed, TimeSpan interval, Sim800ReconnectOptions? reconnect = null)
    {
        (Model, _interval, _reconnect) = (model, interval, reconnect ?? new Sim800ReconnectOptions());
        var options = new LoopbackBrokerOptions
        {
            Listen = false,
            Tls = true,
            ServerNames = [Host],
            TimeProvider = Clock,
            OnPublished = Note,
            HangsUpOn = HangsUp,
        };
        Broker = LoopbackBroker.Start(options);
        _impostor = LoopbackBroker.Start(options with { OnPublished = null, HangsUpOn = null });
        Answer(isGenuine: true);
        Modem = VirtualModem.Create(new VirtualModemOptions
        {
            Model = model,
            RoundTripTime = TimeSpan.FromMilliseconds(600),
            RoundTripJitter = TimeSpan.FromMilliseconds(100),
            Network = _network,
            Seed = seed,
            TimeProvider = Clock,
        });
    }

    internal VirtualClock Clock { get; } = new(DateTimeOffset.UtcNow);

    internal LoopbackBroker Broker { get; }

    internal VirtualModemModel Model { get; }

    internal VirtualModem Modem { get; }

    internal Sim800MqttClient? Client { get; private set; }

    /// <summary>The four streams: up with QoS 1 and 2, down with QoS 1 and 2.</summary>
    internal DeliveryLedger[] Books { get; } = [new(), new(), new(), new()];

    /// <summary>The names of <see cref="Books"/>.</summary>
    internal static string[] Streams { get; } = ["up, QoS 1", "up, QoS 2", "down, QoS 1", "down, QoS 2"];

    /// <summary>Whether messages are published to the client.</summary>
    internal bool IsCommanding { get; set; } = true;

    /// <summary>Messages that the client did not deliver, and why; there must be none.</summary>
    internal IReadOnlyList<string> Refusals
    {
        get
        {
            lock (_refusals)
            {
                return [.. _refusals];
            }
        }
    }

    private CancellationToken Stopping => _stopping.Token;

    /// <summary>Connects and lets the messages flow.</summary>
    internal async Task StartAsync()
    {
        var client = Client = Sim800MqttClient.Start(Modem.Line, Options());
        var subscription = await client.SubscribeAsync(
            [new MqttTopicFilter(Down + "1/+", MqttQoS.AtLeastOnce), new MqttTopicFilter(Down + "2/+", MqttQoS.ExactlyOnce)],
            cancellationToken: Stopping);
        _traffic = [ReceiveAsync(subscription), PublishAsync(client), CommandAsync()];
    }

    /// <summary>Ends when a message that is not even offered yet has come through, each way and with both qualities of service.</summary>
    /// <returns><c>false</c> when none has within the time.</returns>
    internal Task<bool> RecoverAsync(TimeSpan patience)
    {
        var before = Array.ConvertAll(Books, static book => book.Last);
        return UntilAsync(() => !before.Where((last, stream) => Volatile.Read(ref _delivered[stream]) <= last).Any(), patience);
    }

    /// <summary>Publishes nothing more and waits until all that was promised is there.</summary>
    internal async Task<bool> DrainAsync(TimeSpan patience)
    {
        IsCommanding = false;
        var isDrained = await UntilAsync(() => Books.All(static book => book.IsComplete) && Client!.Unacknowledged == 0, patience);
        await _stopping.CancelAsync();
        await Task.WhenAll(_traffic).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return isDrained;
    }

    internal async Task<bool> UntilAsync(Func<bool> condition, TimeSpan patience)
    {
        var started = Clock.GetTimestamp();
        while (!condition())
        {
            if (Clock.GetElapsedTime(started) > patience)
            {
                return false;
            }

            await Task.Delay(LookAgain, Clock, TestContext.Current.CancellationToken);
        }

        return true;
    }

    /// <summary>Nobody listens at the broker's address, or somebody does again.</summary>
    internal void Listen(bool isListening)
    {
        if (isListening)
        {
            Answer(isGenuine: true);
        }
        else
        {
            _network.Remove(Host, Port);
        }
    }

    /// <summary>The broker, or one with the certificate of another authority.</summary>
    internal void Answer(bool isGenuine) => _network.Serve(Host, Port, isGenuine ? Broker.ServeAsync : _impostor.ServeAsync);

    /// <summary>The broker hangs up on the next message that comes, so many times, before it takes it.</summary>
    internal void HangUp(int times)
    {
        _hated = null;
        Volatile.Write(ref _hangUps, times);
    }

    /// <summary>The numbers from which on messages may come again when the broker is back with what it knows now.</summary>
    internal int[] Numbers()
    {
        const int UnderWay = 40; // of which some may be on their way now
        return Array.ConvertAll(Books, static book => Math.Max(0, book.Last + 1 - UnderWay));
    }

    /// <summary>The broker has forgotten all that came since these numbers.</summary>
    internal void Excuse(int[] since)
    {
        for (var stream = 0; stream < Books.Length; stream++)
        {
            Books[stream].Excuse(since[stream]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_traffic).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Client is not null)
        {
            await Client.DisposeAsync();
        }

        await Modem.DisposeAsync();
        await Broker.DisposeAsync();
        await _impostor.DisposeAsync();
        Clock.Dispose();
        _stopping.Dispose();
    }

    private Sim800MqttClientOptions Options() => new()
    {
        Host = Host,
        Port = Port,
        Modem = new ModemOptions { Apn = "internet" },
        Tls = new TlsClientOptions { ServerName = Host, Trust = TlsTrust.FromPem(Broker.CertificateAuthorityPem) },
        Mqtt = new MqttClientOptions { ClientId = "gateway", CleanSession = false, KeepAlive = TimeSpan.FromSeconds(60) },
        Reconnect = _reconnect,
        TimeProvider = Clock,
    };

    private async Task PublishAsync(Sim800MqttClient client)
    {
        for (var turn = 0; ; turn++)
        {
            await Task.Delay(_interval, Clock, Stopping);
            var (stream, number) = (turn % 2, turn / 2);
            Books[stream].Offer(number);
            var confirmed = client.PublishAsync(MessageOf(Up, stream, number), Stopping).AsTask();
            Books[stream].Promise(number);
            _ = ConfirmAsync(confirmed, stream, number);
        }
    }

    private async Task ConfirmAsync(Task confirmed, int stream, int number)
    {
        await confirmed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (confirmed.IsCompletedSuccessfully)
        {
            Deliver(stream, number);
        }
        else if (confirmed.Exception?.InnerException is { } refusal)
        {
            lock (_refusals)
            {
                _refusals.Add(string.Create(CultureInfo.InvariantCulture, $"{Clock.Elapsed}: {Streams[stream]}, {number}: {refusal}"));
            }
        }
    }

    private async Task CommandAsync()
    {
        for (var turn = 0; ;)
        {
            await Task.Delay(_interval, Clock, Stopping);
            if (IsCommanding)
            {
                var (stream, number) = (2 + (turn % 2), turn / 2);
                turn++;
                Books[stream].Offer(number);
                Books[stream].Promise(number);
                var message = MessageOf(Down, stream - 2, number);
                Broker.Publish(message.Topic, message.Payload, (int)message.QoS);
            }
        }
    }

    private async Task ReceiveAsync(IMqttSubscription subscription)
    {
        await foreach (var message in subscription.WithCancellation(Stopping))
        {
            var (stream, number) = Place(message.Topic, first: 2);
            Books[stream].Arrive(number);
            Deliver(stream, number);
        }
    }

    private void Deliver(int stream, int number)
    {
        lock (_delivered)
        {
            _delivered[stream] = Math.Max(_delivered[stream], number);
        }
    }

    private void Note(LoopbackMessage message)
    {
        if (message.Topic.StartsWith(Up, StringComparison.Ordinal))
        {
            var (stream, number) = Place(message.Topic, first: 0);
            Books[stream].Arrive(number);
        }
    }

    private bool HangsUp(LoopbackMessage message)
    {
        if (!message.Topic.StartsWith(Up, StringComparison.Ordinal) || _hangUps == 0)
        {
            return false;
        }

        _hated ??= message.Topic;
        if (!string.Equals(_hated, message.Topic, StringComparison.Ordinal))
        {
            return false;
        }

        _hangUps--;
        return true;
    }

    /// <summary>A message of QoS 1 or 2 with its number in the topic, and up to some kilobytes.</summary>
    private static MqttMessage MessageOf(string topic, int stream, int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"{topic}{stream + 1}/{number}"),
        new byte[number % 10 == 9 ? 3000 : number % 10 * 20],
        stream == 0 ? MqttQoS.AtLeastOnce : MqttQoS.ExactlyOnce);

    private static (int Stream, int Number) Place(string topic, int first)
    {
        var levels = topic.Split('/');
        return (first + int.Parse(levels[1], CultureInfo.InvariantCulture) - 1, int.Parse(levels[2], CultureInfo.InvariantCulture));
    }
}
