using System.Buffers;
using System.IO.Pipelines;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>A transport whose flushes fail when a test wants it, while what the server sent before can still be read.</summary>
internal sealed class BrokenLine : PipeWriter, IDuplexPipe
{
    private readonly Pipe _toClient = new(new PipeOptions(useSynchronizationContext: false));
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PipeReader Input => _toClient.Reader;

    public PipeWriter Output => this;

    /// <summary>What a flush fails with from now on; null for never.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>Ends when a flush has failed.</summary>
    internal Task Broken => _broken.Task;

    public override void Advance(int bytes) => _buffer.ResetWrittenCount();

    public override void CancelPendingFlush()
    {
        // No flush is ever pending.
    }

    public override void Complete(Exception? exception = null)
    {
        // The server's words stay readable.
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (Failure is null)
        {
            return default;
        }

        _broken.TrySetResult();
        return ValueTask.FromException<FlushResult>(Failure);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

    internal async Task SayAsync(byte[] bytes) => await _toClient.Writer.WriteAsync(bytes, TestContext.Current.CancellationToken);

    internal ValueTask HangUpAsync(Exception? reason = null) => _toClient.Writer.CompleteAsync(reason);
}
