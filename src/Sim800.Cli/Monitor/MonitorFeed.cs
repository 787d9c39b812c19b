using System.Buffers;
using System.IO.Pipelines;
using Sim800.Cli.Capture;
using Sim800.Cli.Rendering;
using Sim800.Cli.Timeline;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Wording;

namespace Sim800.Cli.Monitor;

/// <summary>Gathers what a monitor shows: put around the connections, told of stages, events and states, and asking the modem now and then.</summary>
internal sealed class MonitorFeed(string title, TimeProvider clock, bool tellsStages) : IProgress<ModemEvent>
{
    internal const int MostEvents = 50;
    internal const int MostSignals = 400;

    private readonly Lock _gate = new();
    private readonly Queue<MonitorEvent> _events = new();
    private readonly Queue<int> _signals = new();
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private MqttClientStatus? _status;
    private (long Sent, long Received) _bytes;
    private (long Sent, long Received) _messages;
    private string? _stage;
    private string? _registration;
    private int? _signal;
    private int? _supply;

    /// <summary>What the client knows by itself.</summary>
    internal Sim800MqttClient? Client { get; set; }

    /// <summary>Whose signal and supply are asked for; that of <see cref="Client"/> by default.</summary>
    internal CellularModem? Modem { get; set; }

    /// <summary>Stages are events; on a screen those are what the verb prints of them.</summary>
    private bool TellsStages { get; } = tellsStages;

    internal bool HasModem => (Modem ?? Client?.Modem) is not null;

    /// <summary>Counts the bytes of a connection.</summary>
    internal IDuplexPipe Bytes(IDuplexPipe connection) => new TracingDuplexPipe(connection, new ByteTap(this));

    /// <summary>Counts the messages of an MQTT connection.</summary>
    internal IDuplexPipe Messages(IDuplexPipe connection) => new TracingDuplexPipe(connection, new MessageTap(this));

    /// <summary>Hears of the stages, and passes them on.</summary>
    internal IProgress<Sim800Progress> Stages(IProgress<Sim800Progress>? next) => new StageTap(this, next);

    public void Report(ModemEvent value) => Tell($"modem: {value.Kind}{(value.Text.Length > 0 ? $", {value.Text}" : "")}");

    /// <summary>One more line among the events.</summary>
    /// <param name="text">What others may have written.</param>
    /// <param name="isResult">It is what the verb was run for, with payloads perhaps.</param>
    internal void Tell(string text, bool isResult = false)
    {
        lock (_gate)
        {
            _events.Enqueue(new MonitorEvent(clock.GetUtcNow(), VisibleText.Of(text).Trim()) { IsResult = isResult });
            while (_events.Count > MostEvents)
            {
                _events.Dequeue();
            }
        }
    }

    internal void Take(MqttClientStatus status)
    {
        lock (_gate)
        {
            _status = status;
            _stage = status.State is MqttClientState.Connected ? null : _stage;
        }

        Tell(status is { State: MqttClientState.Waiting, Reason: { } reason } ? FailureText.Of(reason) : status.State.ToString().ToLowerInvariant());
    }

    /// <summary>Asks the modem, if there is one; three commands on the line, nothing on the air.</summary>
    internal async Task AskAsync(CancellationToken cancellationToken)
    {
        if ((Modem ?? Client?.Modem) is not { } modem)
        {
            return;
        }

        try
        {
            var signal = await modem.Network.ReadSignalAsync(cancellationToken).ConfigureAwait(false);
            var registration = await modem.Network.ReadRegistrationAsync(cancellationToken).ConfigureAwait(false);
            var supply = await modem.Power.ReadBatteryAsync(cancellationToken).ConfigureAwait(false);
            Learn(signal.Dbm, registration.Status.ToString().ToLowerInvariant(), supply.Millivolts);
        }
        catch (ModemException e)
        {
            Tell($"not measured: {FailureText.Happened(e)}");
        }
    }

    internal void Learn(int? signal, string registration, int supply)
    {
        lock (_gate)
        {
            (_signal, _registration, _supply) = (signal, registration, supply);
            if (signal is { } dbm)
            {
                _signals.Enqueue(dbm);
                while (_signals.Count > MostSignals)
                {
                    _signals.Dequeue();
                }
            }
        }
    }

    /// <param name="pace">What this onlooker saw last.</param>
    internal MonitorSnapshot Look(MonitorPace pace)
    {
        var client = Client;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var (sentPerSecond, receivedPerSecond) = pace.Next(_bytes.Sent, _bytes.Received, now);
            return new MonitorSnapshot
            {
                At = now,
                Title = title,
                State = (_status?.State.ToString() ?? (Modem is null ? "Connecting" : "Open")).ToLowerInvariant(),
                Since = _status?.Since ?? _startedAt,
                Stage = _status is null && Modem is not null ? null : _stage,
                Reason = _status is { State: MqttClientState.Waiting, Reason: { } reason } ? FailureText.Of(reason) : null,
                NextAttempt = _status?.NextAttempt,
                SignalDbm = _signal,
                Signals = [.. _signals],
                Registration = _registration,
                SupplyMillivolts = _supply,
                SentBytes = _bytes.Sent,
                ReceivedBytes = _bytes.Received,
                SentPerSecond = sentPerSecond,
                ReceivedPerSecond = receivedPerSecond,
                BytesToday = client?.BytesToday,
                SentMessages = _messages.Sent,
                ReceivedMessages = _messages.Received,
                Waiting = client?.Unacknowledged ?? 0,
                Connections = client?.Status.Connections ?? 0,
                Events = [.. _events],
            };
        }
    }

    private sealed class ByteTap(MonitorFeed feed) : ITap
    {
        public void Sent(ReadOnlyMemory<byte> bytes)
        {
            lock (feed._gate)
            {
                feed._bytes.Sent += bytes.Length;
            }
        }

        public void Received(ReadOnlySequence<byte> bytes)
        {
            lock (feed._gate)
            {
                feed._bytes.Received += bytes.Length;
            }
        }

        public void Closed() => feed.Tell("connection closed");
    }

    private sealed class MessageTap(MonitorFeed feed) : ITap
    {
        private readonly MqttPackets _out = new();
        private readonly MqttPackets _in = new();

        public void Sent(ReadOnlyMemory<byte> bytes)
        {
            lock (feed._gate)
            {
                feed._messages.Sent += Publications(_out, bytes);
            }
        }

        public void Received(ReadOnlySequence<byte> bytes)
        {
            lock (feed._gate)
            {
                feed._messages.Received += Publications(_in, bytes.ToArray());
            }
        }

        public void Closed()
        {
            // The connection below tells.
        }

        private static int Publications(MqttPackets packets, ReadOnlyMemory<byte> bytes) =>
            packets.Read(bytes).Count(packet => packet.Type is MqttPackets.Packet.Publish);
    }

    private sealed class StageTap(MonitorFeed feed, IProgress<Sim800Progress>? next) : IProgress<Sim800Progress>
    {
        public void Report(Sim800Progress value)
        {
            var stage = value.Stage.ToString().ToLowerInvariant();
            lock (feed._gate)
            {
                feed._stage = value.Kind is Sim800ProgressKind.Completed && value.Stage is Sim800Stage.Mqtt
                    ? null
                    : $"{stage}{(value.Kind is Sim800ProgressKind.Waiting ? $", {value.Detail}" : "")}";
            }

            if (feed.TellsStages && value.Kind is Sim800ProgressKind.Completed)
            {
                feed.Tell($"{stage} {value.Detail ?? "ready"}, {StagePrinter.Seconds(value.Elapsed).Trim()}");
            }

            next?.Report(value);
        }
    }
}

/// <summary>How fast the bytes go, as one onlooker sees it from one look to the next.</summary>
internal sealed class MonitorPace
{
    private const double LeastSeconds = 0.5;

    private (long Sent, long Received, DateTimeOffset At)? _before;

    internal (double Sent, double Received) Next(long sent, long received, DateTimeOffset now)
    {
        var (sentBefore, receivedBefore, at) = _before ?? (sent, received, now);
        var seconds = Math.Max(LeastSeconds, (now - at).TotalSeconds);
        _before = (sent, received, now);
        return ((sent - sentBefore) / seconds, (received - receivedBefore) / seconds);
    }
}
