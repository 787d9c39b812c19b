using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Client;

/// <summary>One connection of a session: a read loop, a write loop and a timer over the transport. Ends once, with one reason.</summary>
#pragma warning disable CA1001 // the timer lives as long as the loops: RunAsync disposes it; the token source has nothing to dispose
internal sealed class MqttConnection
#pragma warning restore CA1001
{
    private readonly IDuplexPipe _transport;
    private readonly ClientSession _session;
    private readonly MqttClientOptions _options;
    private readonly ILogger _log;
    private readonly ConnectionWriter _writer;
    private readonly ConnectionDeadlines _deadlines;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private ConnectionEnd? _end;
    private bool _isDisconnecting;

    internal MqttConnection(IDuplexPipe transport, ClientSession session, MqttClientOptions options)
    {
        (_transport, _session, _options) = (transport, session, options);
        _log = options.LoggerFactory.CreateLogger<MqttClient>();
        Outbox = new Outbox(ConnectionWriter.CapacityFor(options));
        _deadlines = new ConnectionDeadlines(options, OnDeadline);
        _writer = new ConnectionWriter(transport.Output, Outbox, session.Gate, OnFlushed, _ended.Token);
    }

    internal Outbox Outbox { get; }

    /// <summary>Ends when CONNACK has accepted the connection; fails with the reason when it never will.</summary>
    internal Task Connected => _connected.Task;

    /// <summary>Ends when the connection is over and the transport is closed; never fails.</summary>
    internal Task Closed { get; private set; } = Task.CompletedTask;

    /// <summary>The one reason, once the connection is over; null after DISCONNECT.</summary>
    internal Exception? EndReason => Volatile.Read(ref _end)?.Reason;

    internal bool HasEnded => Volatile.Read(ref _end) is not null;

    internal void Start()
    {
        lock (_session.Gate)
        {
            UpdateDeadlines(isProgress: false);
        }

        Closed = RunAsync();
    }

    /// <summary>The one door through which the connection ends. The first reason stays.</summary>
    /// <param name="reason">Null when it was ended with DISCONNECT.</param>
    internal void End(Exception? reason)
    {
        if (Interlocked.CompareExchange(ref _end, new ConnectionEnd(reason), null) is not null)
        {
            return;
        }

        Log.ConnectionEnded(_log, reason?.Message ?? "disconnected");
        _connected.TrySetException(reason ?? new MqttClosedException(null));
        _ = _connected.Task.Exception;
        _session.Detach(this, reason);
        lock (_session.Gate)
        {
            Outbox.Close(new MqttClosedException(reason));
        }

        _ = _ended.CancelAsync(); // lets go of a payload stream that is being read
        _ending.TrySetResult();
    }

    /// <summary>Sends DISCONNECT after all that is written, and ends.</summary>
    internal async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Task sent;
        lock (_session.Gate)
        {
            if (!_isDisconnecting)
            {
                _isDisconnecting = true;
                new EmptyPacket(PacketType.Disconnect).Write(Outbox);

                // From here on nobody can write: nothing may follow DISCONNECT [MQTT-3.14.4-2].
                _session.Detach(this, reason: null);
            }

            sent = _writer.CloseAsync();
            UpdateDeadlines(isProgress: false);
        }

        try
        {
            await sent.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            End(reason: null);
        }

        await Closed.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>CONNACK has accepted the connection. Called under the gate.</summary>
    internal void OnConnected() => _connected.TrySetResult();

    /// <summary>Something was written. Called under the gate.</summary>
    internal void OnWritten() => UpdateDeadlines(isProgress: false);

    private async Task RunAsync()
    {
        // Writing begins first: TLS holds its last handshake flight back for CONNECT, and a read that waits would let it go alone.
        var loops = Task.WhenAll(WriteAsync(), ReadAsync());
        await _ending.Task.ConfigureAwait(false);
        _deadlines.Dispose();
        await TransportEnd.CloseAsync(_transport, loops, _options, _log).ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        try
        {
            while (!HasEnded)
            {
                var result = await _transport.Input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                var rest = Receive(result.Buffer);
                _transport.Input.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted && Volatile.Read(ref _isDisconnecting))
                {
                    // The server hangs up as soon as it has DISCONNECT, perhaps before our flush has returned.
                    return;
                }

                if (result.IsCompleted)
                {
                    End(_connected.Task.IsCompletedSuccessfully
                        ? MqttLinkException.ClosedByPeer()
                        : MqttLinkException.ClosedBeforeConnAck());
                }
            }
        }
#pragma warning disable CA1031 // whatever ends the loop is the reason of the connection's end, and is given to all who wait
        catch (Exception e)
#pragma warning restore CA1031
        {
            End(e as MqttException ?? MqttLinkException.TransportFailed(e));
        }
    }

    private ReadOnlySequence<byte> Receive(ReadOnlySequence<byte> input)
    {
        try
        {
            return ReceiveAll(input);
        }
#pragma warning disable CA1031 // what is neither the server's fault nor the link's is the store's
        catch (Exception e) when (e is not MqttException)
#pragma warning restore CA1031
        {
            throw MqttLinkException.StoreFailed(e);
        }
    }

    private ReadOnlySequence<byte> ReceiveAll(ReadOnlySequence<byte> input)
    {
        lock (_session.Gate)
        {
            if (!input.IsEmpty)
            {
                _deadlines.OnReceived();
            }

            var isProgress = false;
            while (!HasEnded && !_isDisconnecting && MqttFrame.TryRead(ref input, _options.MaxPacketSize, out var frame))
            {
                _session.Receive(frame);
                isProgress |= frame.Type is not (PacketType.Publish or PacketType.PingResp);
                if (frame.Type == PacketType.PingResp)
                {
                    _deadlines.OnPong();
                }
            }

            _session.Pump();
            UpdateDeadlines(isProgress);
        }

        return input;
    }

    private async Task WriteAsync()
    {
        try
        {
            await _writer.RunAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever ends the loop is the reason of the connection's end, and is given to all who wait
        catch (Exception e)
#pragma warning restore CA1031
        {
            var reason = e as MqttException ?? MqttLinkException.TransportFailed(e);
            if (reason is not MqttLinkException { Failure: MqttLinkFailure.PayloadStreamFailed })
            {
                await HearOutAsync().ConfigureAwait(false);
            }

            End(reason);
        }
    }

    /// <summary>A server that refuses says why and closes. Our next write may fail before its words are read, and they say more
    /// than the failure does: so reading goes on to the end of the input.</summary>
    private async Task HearOutAsync()
    {
        if (!Volatile.Read(ref _isDisconnecting))
        {
            await _ending.Task.WaitAsync(_options.DisconnectTimeout, _options.TimeProvider, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void OnFlushed()
    {
        _deadlines.OnSent(Outbox.IsDrained);
        if (!HasEnded)
        {
            _session.Pump();
        }

        UpdateDeadlines(isProgress: true);
    }

    private void OnDeadline()
    {
        MqttLinkException? reason;
        lock (_session.Gate)
        {
            if (HasEnded)
            {
                return;
            }

            reason = _deadlines.Check(_session, Outbox, out var ping);
            if (ping)
            {
                new EmptyPacket(PacketType.PingReq).Write(Outbox);
                Outbox.Signal.Set();
            }

            UpdateDeadlines(isProgress: false);
        }

        if (reason is not null)
        {
            End(reason);
        }
    }

    private void UpdateDeadlines(bool isProgress)
    {
        if (!HasEnded)
        {
            _deadlines.Update(_session, Outbox, isProgress);
        }
    }
}
