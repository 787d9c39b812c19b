using System.IO.Pipelines;

namespace Sim800.Benchmarks.Layers;

/// <summary>The server's end of a <see cref="CannedLine"/> as a stream, for SslStream.</summary>
internal sealed class ServerStream(PipeReader input, CannedLine line) : Stream
{
    private readonly Stream _input = input.AsStream();

    /// <summary>Where writes go instead of the line.</summary>
    internal Stream? Target { get; set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => _input.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _input.ReadAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Target is { } target)
        {
            target.Write(buffer);
        }
        else
        {
            line.Deliver(buffer);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
        // a write is on its way at once
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
