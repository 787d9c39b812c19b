using System.Buffers;
using System.IO.Pipelines;
using Sim800.Cli.Capture;
using Sim800.Modem;

namespace Sim800.Cli.Timeline;

/// <summary>
/// Collects what happens on all layers of a session: it is put around the line, the TCP connections and MQTT, and told of the stages. It keeps names and numbers,
/// and of the bytes themselves none.
/// </summary>
internal sealed class TimelineRecorder(int baudRate, TimeProvider clock)
{
    /// <summary>A browser still draws so many; of a longer session the beginning is kept, and the sums go on.</summary>
    internal const int MostEvents = 100_000;

    private const int BitsPerByte = 10;

    private readonly Lock _gate = new();
    private readonly long _startedAt = clock.GetTimestamp();
    private readonly List<TimelineEvent> _events = [];
    private readonly long[] _sent = new long[Enum.GetValues<TimelineLane>().Length];
    private readonly long[] _received = new long[Enum.GetValues<TimelineLane>().Length];
    private AtExchanges? _exchanges;
    private (Sim800Stage Stage, double Since)? _stage;
    private int _dropped;

    internal DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    /// <summary>The serial line, with the AT commands on it.</summary>
    internal IDuplexPipe Line(IDuplexPipe line)
    {
        lock (_gate)
        {
            _exchanges?.Close(Now);
            _exchanges = new AtExchanges(Add);
            return new TracingDuplexPipe(line, new LineTap(this, _exchanges));
        }
    }

    /// <summary>A TCP connection, with the records of TLS in it.</summary>
    internal IDuplexPipe Tcp(IDuplexPipe connection, bool isTls)
    {
        lock (_gate)
        {
            return new TracingDuplexPipe(connection, new TcpTap(this, isTls, Now));
        }
    }

    /// <summary>What MQTT packets pass through.</summary>
    internal IDuplexPipe Mqtt(IDuplexPipe connection) => new TracingDuplexPipe(connection, new MqttTap(this));

    /// <summary>Hears of the stages, and passes them on.</summary>
    internal IProgress<Sim800Progress> Stages(IProgress<Sim800Progress>? next) => new StageTap(this, next);

    internal TimelineSession Close()
    {
        lock (_gate)
        {
            var now = Now;
            _exchanges?.Close(now);
            if (_stage is { } open)
            {
                EndStage(open.Stage, open.Since, now, " not passed");
                _stage = null;
            }

            return new TimelineSession(StartedAt, now, baudRate, [.. _events], [.. _sent], [.. _received], _dropped);
        }
    }

    private double Now => clock.GetElapsedTime(_startedAt).TotalMilliseconds;

    private void Add(TimelineEvent happened)
    {
        if (_events.Count < MostEvents)
        {
            _events.Add(happened);
        }
        else
        {
            _dropped++;
        }
    }

    private void Count(TimelineLane lane, TimelineDirection direction, long bytes) =>
        (direction is TimelineDirection.Sent ? _sent : _received)[(int)lane] += bytes;

    private sealed class LineTap(TimelineRecorder recorder, AtExchanges exchanges) : ITap
    {
        private double _sendingUntil;
        private double _receivedUntil;

        public void Sent(ReadOnlyMemory<byte> bytes)
        {
            lock (recorder._gate)
            {
                var now = recorder.Now;
                var start = Math.Max(now, _sendingUntil);
                _sendingUntil = start + Duration(bytes.Length);
                recorder.Count(TimelineLane.Line, TimelineDirection.Sent, bytes.Length);
                recorder.Add(new TimelineEvent(TimelineLane.Line, start, _sendingUntil, TimelineDirection.Sent, bytes.Length, "to the modem", TimelineWait.Line));
                exchanges.Sent(now, bytes.Span);
            }
        }

        public void Received(ReadOnlySequence<byte> bytes)
        {
            if (bytes.IsEmpty)
            {
                return;
            }

            lock (recorder._gate)
            {
                var now = recorder.Now;
                var size = (int)bytes.Length;
                var start = Math.Min(now, Math.Max(_receivedUntil, now - Duration(size)));
                _receivedUntil = now;
                recorder.Count(TimelineLane.Line, TimelineDirection.Received, size);
                recorder.Add(new TimelineEvent(TimelineLane.Line, start, now, TimelineDirection.Received, size, "from the modem", TimelineWait.Line));
                exchanges.Received(now, bytes.ToArray());
            }
        }

        public void Closed()
        {
            lock (recorder._gate)
            {
                exchanges.Close(recorder.Now);
            }
        }

        private double Duration(int bytes) => recorder.MillisecondsOf(bytes);
    }

    private double MillisecondsOf(int bytes) => bytes * BitsPerByte * 1000.0 / baudRate;

    private sealed class TcpTap(TimelineRecorder recorder, bool isTls, double openedAt) : ITap
    {
        /// <summary>Since when this side has all that it needs for its next message of the handshake; null when it is not its turn.</summary>
        private double? _ownTurnSince = isTls ? openedAt : null;
        private bool _isHandshakeOver;

        private readonly TlsRecords _out = new();
        private readonly TlsRecords _in = new();

        public void Sent(ReadOnlyMemory<byte> bytes) => Pass(TimelineDirection.Sent, _out, bytes);

        public void Received(ReadOnlySequence<byte> bytes)
        {
            if (!bytes.IsEmpty)
            {
                Pass(TimelineDirection.Received, _in, bytes.ToArray());
            }
        }

        public void Closed() => Pass(TimelineDirection.None, _out, default);

        private void Pass(TimelineDirection direction, TlsRecords records, ReadOnlyMemory<byte> bytes)
        {
            lock (recorder._gate)
            {
                var now = recorder.Now;
                recorder.Count(TimelineLane.Tcp, direction, bytes.Length);
                recorder.Add(new TimelineEvent(TimelineLane.Tcp, now, now, direction, bytes.Length, direction is TimelineDirection.None ? "closed" : "data"));
                if (isTls && !bytes.IsEmpty)
                {
                    TakeTurn(direction, now);
                    foreach (var (size, text) in records.Read(bytes))
                    {
                        recorder.Count(TimelineLane.Tls, direction, size);
                        recorder.Add(new TimelineEvent(TimelineLane.Tls, now, now, direction, size, text));
                        _isHandshakeOver |= text.StartsWith("application", StringComparison.Ordinal);
                    }
                }
            }
        }

        private void TakeTurn(TimelineDirection direction, double now)
        {
            if (direction is TimelineDirection.Sent && _ownTurnSince is { } since && !_isHandshakeOver)
            {
                recorder.Add(new TimelineEvent(TimelineLane.Tls, since, now, TimelineDirection.None, 0, "computing", TimelineWait.Program));
            }

            _ownTurnSince = direction is TimelineDirection.Received ? now : null;
        }
    }

    private sealed class MqttTap(TimelineRecorder recorder) : ITap
    {
        private readonly MqttPackets _out = new();
        private readonly MqttPackets _in = new();
        private readonly List<(MqttPackets.Packet Request, double At)> _open = [];

        public void Sent(ReadOnlyMemory<byte> bytes)
        {
            lock (recorder._gate)
            {
                var now = recorder.Now;
                foreach (var packet in _out.Read(bytes))
                {
                    Tell(packet, TimelineDirection.Sent, now);
                    if (packet.AnsweredBy > 0)
                    {
                        _open.Add((packet, now));
                    }
                }
            }
        }

        public void Received(ReadOnlySequence<byte> bytes)
        {
            lock (recorder._gate)
            {
                var now = recorder.Now;
                foreach (var packet in _in.Read(bytes.ToArray()))
                {
                    Tell(packet, TimelineDirection.Received, now);
                    var index = _open.FindIndex(open => open.Request.AnsweredBy == packet.Type && (packet.Id == open.Request.Id || packet.Type is MqttPackets.Packet.ConnAck));
                    if (index >= 0)
                    {
                        Answer(index, now, packet.Name);
                    }
                }
            }
        }

        public void Closed()
        {
            lock (recorder._gate)
            {
                while (_open.Count > 0)
                {
                    Answer(0, recorder.Now, "no answer");
                }
            }
        }

        private void Tell(MqttPackets.Packet packet, TimelineDirection direction, double now)
        {
            recorder.Count(TimelineLane.Mqtt, direction, packet.Bytes);
            recorder.Add(new TimelineEvent(TimelineLane.Mqtt, now, now, direction, packet.Bytes, packet.ToString()));
        }

        private void Answer(int index, double now, string answer)
        {
            var (request, at) = _open[index];
            _open.RemoveAt(index);
            recorder.Add(new TimelineEvent(TimelineLane.Mqtt, at, now, TimelineDirection.None, 0, $"{request.Name} to {answer}", TimelineWait.Server));
        }
    }

    private sealed class StageTap(TimelineRecorder recorder, IProgress<Sim800Progress>? next) : IProgress<Sim800Progress>
    {
        public void Report(Sim800Progress value)
        {
            lock (recorder._gate)
            {
                recorder.TakeStage(value);
            }

            next?.Report(value);
        }
    }

    private void TakeStage(in Sim800Progress value)
    {
        var now = Now;
        if (value.Kind is Sim800ProgressKind.Completed or Sim800ProgressKind.Failed)
        {
            EndStage(value.Stage, Math.Max(0, now - value.Elapsed.TotalMilliseconds), now, value.Kind is Sim800ProgressKind.Failed ? " failed" : "");
            _stage = null;
        }
        else if (value.Kind is Sim800ProgressKind.Started)
        {
            _stage = (value.Stage, now);
        }
    }

    private void EndStage(Sim800Stage stage, double since, double now, string how) =>
        Add(new TimelineEvent(TimelineLane.Stage, since, now, TimelineDirection.None, 0, $"{stage}{how}", WaitIn(stage)));

    /// <summary>Who a silence in this stage is put down to, where nothing more precise is known.</summary>
    private static TimelineWait WaitIn(Sim800Stage stage) => stage switch
    {
        Sim800Stage.Line or Sim800Stage.Modem or Sim800Stage.Sim => TimelineWait.Modem,
        Sim800Stage.Network or Sim800Stage.Gprs or Sim800Stage.Tcp => TimelineWait.Network,
        _ => TimelineWait.Server,
    };
}
