using System.Buffers;
using System.IO.Pipelines;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;

namespace Sim800.Modem.Links;

/// <summary>Writes the outbound pipe to the line in such a way that data is never taken for the escape sequence.</summary>
#pragma warning disable CA1001 // a semaphore whose wait handle nobody asks for holds nothing, and late callers must still find it
internal sealed class TransparentSender(AtChannel channel, CommandModeSwitch commandMode, PipeReader source, LinkEnd end, ModemOptions options)
#pragma warning restore CA1001
{
    /// <summary>As much as is certain to leave within the time that one write may take, at the lowest rate too.</summary>
    private const int BlockSize = 1024;

    private readonly EscapeGuard _guard = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _stopped;

    /// <summary>Bytes that the line has taken.</summary>
    internal long SentBytes { get; private set; }

    /// <summary>Sends until the writer completes, the link ends or <see cref="Stop"/> is called.</summary>
    internal async Task RunAsync()
    {
        try
        {
            await SendAllAsync().ConfigureAwait(false);
        }
        catch (Exception e) // a link without its sender has ended, whatever was thrown
        {
            end.TryEnd(LinkFailure.Of(e));
        }
    }

    private async Task SendAllAsync()
    {
        while (true)
        {
            var result = await source.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (_stopped || end.HasEnded || (result.IsCompleted && result.Buffer.IsEmpty))
            {
                return;
            }

            var rest = result.Buffer;
            while (!rest.IsEmpty && !_stopped && !end.HasEnded)
            {
                var sent = await WriteAsync(rest.Slice(0, Math.Min(rest.Length, BlockSize))).ConfigureAwait(false);
                SentBytes += sent;
                rest = rest.Slice(sent);
            }

            source.AdvanceTo(rest.Start);
        }
    }

    internal ValueTask CompleteAsync() => source.CompleteAsync();

    /// <summary>The link has ended: what waits is not sent.</summary>
    internal void OnEnded() => source.CancelPendingRead();

    /// <summary>The link is being closed, and the time for what waits is up.</summary>
    internal void Stop()
    {
        _stopped = true;
        source.CancelPendingRead();
    }

    /// <summary>Keeps the line free of data until what is returned is disposed.</summary>
    internal async Task<IDisposable> PauseAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_turn);
    }

    /// <returns>How much was written; 0 when a pause was needed first.</returns>
    private async ValueTask<long> WriteAsync(ReadOnlySequence<byte> block)
    {
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var granted = block;
            if (commandMode.IsByPluses)
            {
                _guard.OnPause(commandMode.Quiet);
                granted = block.Slice(0, _guard.Grant(block));
                _guard.OnSent(granted);
            }

            await channel.WriteRawAsync(granted, CancellationToken.None).ConfigureAwait(false);
            commandMode.OnWritten(granted.Length);
            if (granted.Length < block.Length)
            {
                await Task.Delay(EscapeGuard.Certain + EscapeGuard.Doubtful, options.TimeProvider, CancellationToken.None).ConfigureAwait(false);
            }

            return granted.Length;
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
