using System.Buffers;
using System.IO.Pipelines;

namespace Sim800.Modem.SerialPorts;

/// <summary>
/// Writes to a port. A write of the port cannot be cancelled: a flush that is given up leaves it behind, and the next one waits for it
/// first, so that nothing is lost, doubled or out of order.
/// </summary>
#pragma warning disable CA1001 // a semaphore whose wait handle nobody asks for holds nothing, and a late flush must still find it
internal sealed class SerialPortWriter(string device, Stream stream) : PipeWriter
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _woken = new(0);
    private ArrayBufferWriter<byte> _gathered = new();
    private ArrayBufferWriter<byte> _leaving = new();
    private Task _write = Task.CompletedTask;
    private SerialPortException? _fault;
    private volatile bool _isCompleted;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _gathered.WrittenCount + (_write.IsCompleted ? 0 : _leaving.WrittenCount);

    public override void Advance(int bytes) => _gathered.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _gathered.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _gathered.GetSpan(sizeHint);

    public override void CancelPendingFlush() => _woken.Release();

    public override void Complete(Exception? exception = null) => _isCompleted = true;

    /// <exception cref="SerialPortException">The device has gone.</exception>
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        do
        {
            if (await IsWokenAsync(_write, cancellationToken).ConfigureAwait(false))
            {
                return new FlushResult(isCanceled: !_isCompleted, _isCompleted);
            }

            ThrowIfFailed();
            if (_gathered.WrittenCount == 0 || _isCompleted)
            {
                return new FlushResult(isCanceled: false, _isCompleted);
            }

            cancellationToken.ThrowIfCancellationRequested();
            (_gathered, _leaving) = (_leaving, _gathered);
            _gathered.ResetWrittenCount();
            _write = WriteAsync();
        }
        while (true);
    }

    /// <summary>The device has gone: no flush waits any longer.</summary>
    internal void Fail(SerialPortException reason)
    {
        Interlocked.CompareExchange(ref _fault, reason, null);
        _woken.Release();
    }

    /// <summary>The line is closed on purpose: a flush that waits ends, and what it had not written is given up.</summary>
    internal void Close()
    {
        _isCompleted = true;
        _woken.Release();
    }

    private async Task WriteAsync()
    {
        try
        {
            await stream.WriteAsync(_leaving.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (SerialPortFailure.IsOfThePort(e))
        {
            Fail(SerialPortFailure.OfTraffic(device, e));
        }
    }

    private async ValueTask<bool> IsWokenAsync(Task write, CancellationToken cancellationToken)
    {
        if (write.IsCompleted)
        {
            return false;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var woken = _woken.WaitAsync(end.Token);
        var first = await Task.WhenAny(write, woken).ConfigureAwait(false);
        if (first == write)
        {
            await end.CancelAsync().ConfigureAwait(false);
            await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }

        await woken.ConfigureAwait(false);
        ThrowIfFailed();
        return true;
    }

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref _fault) is { } reason)
        {
            throw reason;
        }
    }
}
