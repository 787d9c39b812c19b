using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Sim800.Modem.Serial;

/// <summary>
/// The writing side of a line. A flush writes on the caller's thread, for an AT command fits the kernel's buffer, and
/// waits only when that is full. A cancelled flush loses and repeats nothing: the next one goes on where it stopped.
/// </summary>
internal sealed class SerialLineWriter(SerialDevice device, SerialPoller poller) : PipeWriter
{
    private const int InitialSize = 2048;

    private byte[] _buffer = new byte[InitialSize];
    private int _start;
    private int _end;
    private volatile bool _cancelFlush;
    private bool _completed;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _end - _start;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _buffer.Length - _end);
        _end += bytes;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_end);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void CancelPendingFlush()
    {
        _cancelFlush = true;
        poller.LetWriterLook();
    }

    public override void Complete(Exception? exception = null) => _completed = true;

    /// <exception cref="SerialPortException">The device has gone.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        while (_start < _end && !IsEnded)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_cancelFlush)
            {
                _cancelFlush = false;
                return new FlushResult(isCanceled: true, isCompleted: false);
            }

            if (!WriteSome())
            {
                await poller.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return new FlushResult(isCanceled: false, isCompleted: IsEnded);
    }

    private bool IsEnded => poller.Fault is { } reason ? throw reason : poller.IsStopped || _completed;

    private bool WriteSome()
    {
        try
        {
            var count = device.Write(_buffer.AsSpan(_start, _end - _start));
            _start += count;
            return count > 0;
        }
        catch (SerialPortException e)
        {
            throw poller.Fail(e);
        }
    }

    private void MakeRoom(int size)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        if (_buffer.Length - _end >= size)
        {
            return;
        }

        var pending = _end - _start;
        var target = _buffer.Length - pending >= size ? _buffer : new byte[Math.Max(_buffer.Length * 2, pending + size)];
        _buffer.AsSpan(_start, pending).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, pending);
    }
}
