using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Sim800.Mqtt.Client;

/// <summary>The one write loop of a connection: takes everything that has gathered and hands it to the transport with one flush.</summary>
internal sealed class ConnectionWriter(
    PipeWriter output, Outbox outbox, Gate gate, Action onFlushed, CancellationToken ended)
{
    private const int SlowestLine = 800;
    private const int LeastCapacity = 4 * 1024;
    private const int MostCapacity = 64 * 1024;
    private const int StreamPiece = 8 * 1024;

    /// <summary>One TLS record. A flush of more would cost as many, and its progress on a slow line that is busy the other way too would
    /// be seen too late.</summary>
    private const int MostPerFlush = 16 * 1024;

    /// <summary>
    /// The server reads nothing of a record before all of it is there. On a slow line CONNECT and what waits behind it would reach it late,
    /// or, where connections live short, never. This much leaves together with the last flight of a TLS handshake in one AT+CIPSEND.
    /// </summary>
    private const int FirstFlush = 1024;

    private int _perFlush = FirstFlush;
    private bool _isClosing;

    /// <summary>
    /// How much may gather: what even 9600 baud carry in half a keep-alive and in the time of an answer, so that a line that gets on is
    /// never taken for a dead link.
    /// </summary>
    internal static int CapacityFor(MqttClientOptions options)
    {
        var shortest = Math.Min(
            options.KeepAlive == TimeSpan.Zero ? double.MaxValue : options.KeepAlive.TotalSeconds / 2,
            options.ResponseTimeout.TotalSeconds);
        return (int)Math.Clamp(shortest * SlowestLine, LeastCapacity, MostCapacity);
    }

    /// <summary>Nothing more will be written. Called under the gate.</summary>
    /// <returns>Ends when all is with the transport.</returns>
    internal Task CloseAsync()
    {
        _isClosing = true;
        outbox.Signal.Set();
        return outbox.WhenFlushedAsync(outbox.Gathered);
    }

    /// <summary>Runs until the outbox is closed, or empty after <see cref="CloseAsync"/>.</summary>
    internal async Task RunAsync()
    {
        while (true)
        {
            var waiting = TakeAsync(out var batch, out var isDone);
            if (isDone)
            {
                return;
            }

            if (batch.Buffer is null)
            {
                await waiting.ConfigureAwait(false);
                continue;
            }

            await SendAsync(batch).ConfigureAwait(false);
        }
    }

    private ValueTask TakeAsync(out OutboxBatch batch, out bool isDone)
    {
        lock (gate)
        {
            var hasBatch = outbox.TryTake(out batch);
            isDone = outbox.IsClosed || (!hasBatch && _isClosing);
            if (hasBatch || isDone)
            {
                return default;
            }

            batch = default;
            return outbox.Signal.WaitAsync();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(OutboxBatch batch)
    {
        for (var start = 0; start < batch.Count && !outbox.IsClosed;)
        {
            var count = Math.Min(NextFlush(), batch.Count - start);
            output.Write(batch.Buffer.AsSpan(start, count));
            await FlushAsync(count).ConfigureAwait(false);
            start += count;
        }

        if (batch.Payload is not null)
        {
            await SendAsync(batch.Payload).ConfigureAwait(false);
        }

        lock (gate)
        {
            outbox.Return(batch.Buffer);
        }
    }

    /// <summary>Twice as much with every flush, up to the most.</summary>
    private int NextFlush()
    {
        var limit = Math.Min(_perFlush, outbox.Capacity);
        _perFlush = Math.Min(2 * _perFlush, MostPerFlush);
        return limit;
    }

    private async Task SendAsync(PayloadStream payload)
    {
        for (var left = payload.Length; left > 0 && !outbox.IsClosed;)
        {
            var memory = output.GetMemory(StreamPiece);
            var count = await ReadAsync(payload.Source, memory[..(int)Math.Min(memory.Length, left)]).ConfigureAwait(false);
            output.Advance(count);
            left -= count;
            await FlushAsync(count).ConfigureAwait(false);
        }
    }

    private async ValueTask<int> ReadAsync(Stream source, Memory<byte> memory)
    {
        try
        {
            var count = await source.ReadAsync(memory, ended).ConfigureAwait(false);
            return count > 0 ? count : throw new EndOfStreamException("The payload stream ended before its announced length.");
        }
#pragma warning disable CA1031 // the application's stream may throw anything; half a packet cannot be taken back
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw MqttLinkException.PayloadStreamFailed(e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushAsync(int count)
    {
        var result = await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        if (result.IsCompleted)
        {
            throw MqttLinkException.ClosedByPeer();
        }

        lock (gate)
        {
            outbox.OnFlushed(count);
            onFlushed();
        }
    }
}
