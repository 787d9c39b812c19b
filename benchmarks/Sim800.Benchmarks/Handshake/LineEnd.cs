using System.Buffers;
using System.IO.Pipelines;

namespace Sim800.Benchmarks.Handshake;

/// <summary>One end of a line in memory, as a stream and as a pipe; what it reads is waited for on the thread that reads.</summary>
internal sealed class LineEnd : Stream, IDuplexPipe
{
    private readonly OneWay _input;
    private readonly OneWay _output;

    private LineEnd(OneWay input, OneWay output)
    {
        (_input, _output) = (input, output);
        Input = new Reader(this);
        Output = new Writer(output);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    internal long BytesReceived => _input.Count;

    internal long BytesSent => _output.Count;

    /// <summary>From now on a read is left open, as nothing more will come.</summary>
    internal bool IsIdle { get; set; }

    internal static (LineEnd Client, LineEnd Server) Create()
    {
        var (there, back) = (new OneWay(), new OneWay());
        return (new(back, there), new(there, back));
    }

    /// <summary>Nothing more is sent.</summary>
    internal void End() => _output.End();

    public override int Read(byte[] buffer, int offset, int count) => _input.Take(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => _input.Take(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        IsIdle ? new(new TaskCompletionSource<int>().Task)
        : buffer.IsEmpty ? new(0)
        : new(_input.Take(buffer.Span));

    public override void Write(byte[] buffer, int offset, int count) => _output.Put(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _output.Put(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _output.Put(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
        // Every write is sent at once.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Keeps a buffer only while there is something in it.</summary>
    private sealed class Reader(LineEnd line) : PipeReader
    {
        private const int Size = 16 * 1024;
        private byte[] _buffer = [];
        private int _length;
        private int _examined;

        public override bool TryRead(out ReadResult result)
        {
            result = Result;
            return _examined < _length;
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            if (_examined < _length)
            {
                return new(Result);
            }

            return line.IsIdle ? new(new TaskCompletionSource<ReadResult>().Task) : new(Receive());
        }

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            var (count, seen) = (consumed.GetInteger(), examined.GetInteger());
            _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
            _length -= count;
            _examined = seen - count;
            if (_length == 0)
            {
                Release();
            }
        }

        public override void CancelPendingRead()
        {
            // Nobody waits who could be told.
        }

        public override void Complete(Exception? exception = null) => Release();

        private ReadResult Result => new(new ReadOnlySequence<byte>(_buffer, 0, _length), isCanceled: false, isCompleted: false);

        private ReadResult Receive()
        {
            if (_buffer.Length == 0)
            {
                _buffer = ArrayPool<byte>.Shared.Rent(Size);
            }

            var count = line._input.Take(_buffer.AsSpan(_length));
            _length += count;
            return new(new ReadOnlySequence<byte>(_buffer, 0, _length), isCanceled: false, isCompleted: count == 0);
        }

        private void Release()
        {
            if (_buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            (_buffer, _length, _examined) = ([], 0, 0);
        }
    }

    private sealed class Writer(OneWay output) : PipeWriter
    {
        private byte[] _buffer = [];
        private int _length;

        public override void Advance(int bytes) => _length += bytes;

        public override Memory<byte> GetMemory(int sizeHint = 0)
        {
            Reserve(Math.Max(sizeHint, 1));
            return _buffer.AsMemory(_length);
        }

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            if (_length > 0)
            {
                output.Put(_buffer.AsSpan(0, _length));
                Release();
            }

            return default;
        }

        public override void CancelPendingFlush()
        {
            // No flush waits.
        }

        public override void Complete(Exception? exception = null) => Release();

        private void Reserve(int count)
        {
            if (_length + count > _buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(1024, _length + count));
                _buffer.AsSpan(0, _length).CopyTo(larger);
                var length = _length;
                Release();
                (_buffer, _length) = (larger, length);
            }
        }

        private void Release()
        {
            if (_buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            (_buffer, _length) = ([], 0);
        }
    }
}
