using System.Buffers;
using System.Threading.Tasks.Sources;

namespace Sim800.Tls.Engines.Platform;

/// <summary>
/// The stream under SslStream, fed by hand: a read without input stays open until there is some and then completes on the
/// stack of the one who feeds. So SslStream runs as far as its input goes and no further, like any other machine.
/// </summary>
internal sealed class EngineStream : Stream, IValueTaskSource<int>
{
    private const int LeastOutput = 512;

    /// <summary>Rented while there is something in it.</summary>
    private byte[] _output = [];
    private int _outputLength;
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
    internal ReadOnlySpan<byte> Output => _output.AsSpan(0, _outputLength);

    internal bool HasOutput => _outputLength > 0;

    /// <summary>Everything offered has been taken, and more is asked for.</summary>
    internal bool IsWaiting => Volatile.Read(ref _isWaiting);

    /// <summary>An empty buffer asks to be told when there is something to read.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_input.IsEmpty)
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

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var needed = _outputLength + buffer.Length;
        if (needed > _output.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(LeastOutput, needed));
            Output.CopyTo(larger);
            var written = _outputLength;
            ReleaseOutput();
            (_output, _outputLength) = (larger, written);
        }

        buffer.CopyTo(_output.AsSpan(_outputLength));
        _outputLength = needed;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
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
        if (_outputLength > 0)
        {
            output.Write(Output);
            ReleaseOutput();
        }
    }

    private void ReleaseOutput()
    {
        if (_output.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_output);
        }

        (_output, _outputLength) = ([], 0);
    }

    private int Take(Memory<byte> buffer)
    {
        var taken = (int)Math.Min(buffer.Length, _input.Length);
        _input.Slice(0, taken).CopyTo(buffer.Span);
        _input = _input.Slice(taken);
        return taken;
    }
}
