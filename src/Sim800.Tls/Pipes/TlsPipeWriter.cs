using System.IO.Pipelines;

namespace Sim800.Tls.Pipes;

/// <summary>The application's way out: a flush encrypts all that was written since the last one.</summary>
internal sealed class TlsPipeWriter(EngineDriver driver) : PipeWriter
{
    private readonly PlaintextBuffer _buffer = new();
    private bool _completed;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _buffer.Length;

    public override void Advance(int bytes) => _buffer.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ThrowIfCompleted();
        return _buffer.GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        ThrowIfCompleted();
        return _buffer.GetSpan(sizeHint);
    }

    /// <summary>One flush here is one flush of the transport.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfCompleted();
        return driver.Sender.SendAsync(_buffer, cancellationToken);
    }

    public override void CancelPendingFlush() => driver.CancelPendingFlush();

    /// <summary>Nothing more will be written. What was not flushed is not sent; the farewell is sent at disposal.</summary>
    public override void Complete(Exception? exception = null)
    {
        _completed = true;
        _buffer.Release();
    }

    private void ThrowIfCompleted()
    {
        if (_completed)
        {
            throw new InvalidOperationException("The writer is completed: nothing can be written any more.");
        }
    }
}
