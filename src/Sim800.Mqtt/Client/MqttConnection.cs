using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>One connection of a client: a read loop, a write loop and a timer over a transport. Ends once, with one reason.</summary>
#pragma warning disable CA1001 // the timer lives as long as the loops: RunAsync disposes it; the token source has nothing to dispose
internal sealed class MqttConnection
#pragma warning restore CA1001
{
    private const int SlowestLine = 800; // bytes a second at 9600 baud
    private const int LeastCapacity = 4 * 1024;
    private const int MostCapacity = 64 * 1024;

    private readonly IDuplexPipe _transport;
    private readonly ClientCore _core;
    private readonly MqttClientOptions _options;
    private readonly ConnectionDeadlines _deadlines;
    private readonly TaskCompletionSource<Exception?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private readonly LargePacket _large = new();
    private long _sent;
    private bool _isDisconnecting;
    private bool _isHeldUp;

    internal MqttConnection(IDuplexPipe transport, ClientCore core, MqttClientOptions options)
    {
        (_transport, _core, _options) = (transport, core, options);
        _deadlines = new ConnectionDeadlines(options, OnDeadline);
        Output = new ConnectionWriter(transport.Output, CapacityFor(options), options.TimeProvider, core.Gate, OnFlushed, _ended.Token);
        Closed = Task.FromResult<Exception?>(null);
    }

    internal ConnectionWriter Output { get; }

    /// <summary>Ends with the reason when the connection is over and the transport is closed; never fails. Null after DISCONNECT.</summary>
    internal Task<Exception?> Closed { get; private set; }

    private bool HasEnded => _end.Task.IsCompleted;

    /// <summary>CONNACK is no packet that the application could be too slow for.</summary>
    private bool IsReadingStopped => _core.Reading.IsStopped && _core.Session.Phase == ConnectionPhase.Connected;

    internal void Start()
    {
        lock (_core.Gate)
        {
            UpdateDeadlines(isProgress: false);
        }

        Closed = RunAsync();
    }

    /// <summary>The one door through which the connection ends. The first reason stays.</summary>
    /// <param name="reason">Null when it was ended with DISCONNECT.</param>
    internal void End(Exception? reason)
    {
        lock (_core.Gate)
        {
            if (HasEnded)
            {
                return;
            }

            reason = _core.Detach(this, reason);
            _end.SetResult(reason);
            Output.Close(new MqttClosedException(reason));
            _core.OnEnded(reason);
        }

        Log.ConnectionEnded(_core.Logger, reason?.Message ?? "disconnected");
        _ = _ended.CancelAsync(); // lets go of a payload stream that is being read
    }

    /// <summary>Sends DISCONNECT after all that is written, and ends.</summary>
    internal async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Task sent;
        lock (_core.Gate)
        {
            if (!_isDisconnecting)
            {
                _isDisconnecting = true;
                new EmptyPacket(PacketType.Disconnect).Write(Output);

                // From here on nobody can write: nothing may follow DISCONNECT [MQTT-3.14.4-2].
                _core.Detach(this, reason: null);
            }

            sent = Output.FinishAsync();
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

    /// <summary>Something was written: wakes the write loop, and notes what the server owes now.</summary>
    internal void OnWritten()
    {
        Output.Wake();
        UpdateDeadlines(isProgress: false);
    }

    /// <summary>
    /// How much may gather: what even 9600 baud carry in half a keep-alive and in the time of an answer, so that a line that makes progress is
    /// never taken for a dead link.
    /// </summary>
    private static int CapacityFor(MqttClientOptions options)
    {
        var shortest = Math.Min(
            options.KeepAlive == TimeSpan.Zero ? double.MaxValue : options.KeepAlive.TotalSeconds / 2,
            options.ResponseTimeout.TotalSeconds);
        return (int)Math.Clamp(shortest * SlowestLine, LeastCapacity, MostCapacity);
    }

    private async Task<Exception?> RunAsync()
    {
        // Writing begins first: TLS holds its last handshake flight back for CONNECT, and a read that waits would let it go alone.
        var loops = Task.WhenAll(WriteAsync(), ReadAsync());
        var reason = await _end.Task.ConfigureAwait(false);
        _deadlines.Dispose();
        await CloseTransportAsync(loops).ConfigureAwait(false);
        _core.OnClosed();
        return reason;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (!HasEnded)
            {
                var result = await _transport.Input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                var rest = await TakeAsync(result.Buffer).ConfigureAwait(false);
                _transport.Input.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted && Volatile.Read(ref _isDisconnecting))
                {
                    // The server hangs up as soon as it has DISCONNECT, perhaps before our flush has returned.
                    return;
                }

                if (result.IsCompleted)
                {
                    End(_core.Session.Phase == ConnectionPhase.Connected
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
        finally
        {
            _large.Release();
        }
    }

    /// <returns>The bytes that have to be given again.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlySequence<byte>> TakeAsync(ReadOnlySequence<byte> input)
    {
        if (_large.IsOpen)
        {
            input = _large.Append(input);
            if (!_large.IsWhole)
            {
                NoteReceived();
                return input;
            }

            await ReceiveInTurnAsync(_large.Bytes).ConfigureAwait(false);
            _large.Release();
        }

        return _large.Begin(await ReceiveInTurnAsync(input).ConfigureAwait(false));
    }

    /// <summary>Waits where the application is behind.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlySequence<byte>> ReceiveInTurnAsync(ReadOnlySequence<byte> input)
    {
        var rest = Receive(input);
        while (_isHeldUp && !HasEnded)
        {
            await Task.WhenAny(_core.Reading.WhenOpenAsync(), _end.Task).ConfigureAwait(false);
            rest = Receive(rest);
        }

        return rest;
    }

    private void NoteReceived()
    {
        lock (_core.Gate)
        {
            _deadlines.OnReceived();
            UpdateDeadlines(isProgress: false);
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
        lock (_core.Gate)
        {
            if (!input.IsEmpty)
            {
                _deadlines.OnReceived();
            }

            var gathered = input.Length;
            var isProgress = false;
            _isHeldUp = false;
            while (!HasEnded && !_isDisconnecting && !(_isHeldUp = IsReadingStopped) && MqttFrame.TryRead(ref input, _options.MaxPacketSize, out var frame))
            {
                _core.Receive(frame, Output);
                isProgress |= frame.Type is not (PacketType.Publish or PacketType.PingResp);
                if (frame.Type == PacketType.PingResp)
                {
                    _deadlines.OnPong();
                }
            }

            _core.Traffic.OnReceived(gathered - input.Length);
            Pump();
            UpdateDeadlines(isProgress);
        }

        return input;
    }

    private async Task WriteAsync()
    {
        try
        {
            await Output.RunAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever ends the loop is the reason of the connection's end, and is given to all who wait
        catch (Exception e)
#pragma warning restore CA1031
        {
            var reason = e as MqttException ?? MqttLinkException.TransportFailed(e);
            if (reason is not MqttLinkException { Failure: MqttLinkFailure.PayloadStreamFailed })
            {
                await AwaitRefusalAsync().ConfigureAwait(false);
            }

            End(reason);
        }
    }

    /// <summary>A server that refuses says why and closes. Our next write may fail before its answer is read, and that answer says more
    /// than the failure does: so reading goes on to the end of the input.</summary>
    private async Task AwaitRefusalAsync()
    {
        if (!Volatile.Read(ref _isDisconnecting))
        {
            await ((Task)_end.Task).WaitAsync(_options.DisconnectTimeout, _options.TimeProvider, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void OnFlushed()
    {
        _core.Traffic.OnSent(Output.Flushed - _sent);
        _sent = Output.Flushed;
        _deadlines.OnSent(_core, Output.IsDrained);
        Pump();
        UpdateDeadlines(isProgress: true);
    }

    private void Pump()
    {
        if (!HasEnded && !_isDisconnecting)
        {
            _core.Pump(Output);
        }
    }

    private void OnDeadline()
    {
        MqttLinkException? reason;
        lock (_core.Gate)
        {
            if (HasEnded)
            {
                return;
            }

            reason = _deadlines.Check(_core, Output, out var ping);
            if (ping)
            {
                new EmptyPacket(PacketType.PingReq).Write(Output);
                Output.Wake();
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
            _deadlines.Update(_core, Output, isProgress);
        }
    }

    /// <summary>Ends what the loops wait for, waits for them, and closes the network connection after the last packet [MQTT-3.14.4-1].
    /// What hangs is left behind after <see cref="MqttClientOptions.DisconnectTimeout"/>.</summary>
    private async Task CloseTransportAsync(Task loops)
    {
        await AttemptAsync(() =>
        {
            _transport.Input.CancelPendingRead();
            _transport.Output.CancelPendingFlush();
            return loops;
        }).ConfigureAwait(false);
        await AttemptAsync(async () =>
        {
            await _transport.Output.CompleteAsync().ConfigureAwait(false);
            await _transport.Input.CompleteAsync().ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (_transport is IAsyncDisposable disposable)
        {
            await AttemptAsync(() => disposable.DisposeAsync().AsTask()).ConfigureAwait(false);
        }
    }

    private async Task AttemptAsync(Func<Task> step)
    {
        try
        {
            await step().WaitAsync(_options.DisconnectTimeout, _options.TimeProvider, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the connection is over already, with its reason told; closing can add nothing but a log line
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.CloseFailed(_core.Logger, e);
        }
    }
}
