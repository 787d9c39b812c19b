using System.Buffers;
using System.Threading.Tasks.Sources;

namespace Sim800.Tls.Engines.Platform;

/// <summary>
/// The stream under SslStream, fed by hand: a read without input stays open until there is some and then completes on the
/// stack of the one who feeds. So SslStream runs as far as its input goes and no further, like any other machine.
/// </summary>
internal sealed class EngineStream : Stream, IValueTaskSource<int>
{
    /// <summary>A buffer that a large write has made larger than this is not kept.</summary>
    private const int MaxKept = 64 * 1024;

    private ArrayBufferWriter<byte> _output = new();
    private ManualResetValueTaskSourceCore<int> _read;
    private ReadOnlySequence<byte> _input;
    private Memory<byte> _waiting;
    private bool _isWaiting;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What was written and not yet taken.</summary>
    internal ReadOnlySpan<byte> Output => _output.WrittenSpan;

    internal bool HasOutput => _output.WrittenCount > 0;

    /// <summary>Everything offered has been taken, and more is asked for.</summary>
    internal bool IsWaiting => Volatile.Read(ref _isWaiting);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_input.IsEmpty || buffer.IsEmpty)
        {
            return new ValueTask<int>(Take(buffer));
        }

        _read.Reset();
        _waiting = buffer;
        var pending = new ValueTask<int>(this, _read.Version);
        Volatile.Write(ref _isWaiting, true);
        return pending;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => _output.Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _output.Write(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _output.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
        // The output is taken when the driver wants it.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext);

    /// <summary>Gives <paramref name="input"/> to who waits for it. It is used up when this returns.</summary>
    internal void Feed(ReadOnlySequence<byte> input)
    {
        _input = input;

        // With a synchronization context the framework would not run continuations on this stack.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (!_input.IsEmpty && _isWaiting)
            {
                _isWaiting = false;
                _read.SetResult(Take(_waiting));
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    internal void ReadOutput(IBufferWriter<byte> output)
    {
        if (_output.WrittenCount > 0)
        {
            output.Write(_output.WrittenSpan);
            _output.ResetWrittenCount();
        }

        if (_output.Capacity > MaxKept)
        {
            _output = new ArrayBufferWriter<byte>();
        }
    }

    private int Take(Memory<byte> buffer)
    {
        var taken = (int)Math.Min(buffer.Length, _input.Length);
        _input.Slice(0, taken).CopyTo(buffer.Span);
        _input = _input.Slice(taken);
        return taken;
    }
}
