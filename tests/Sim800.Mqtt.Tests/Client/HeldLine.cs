using System.Buffers;
using System.IO.Pipelines;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>A transport that counts and can be held back.</summary>
internal sealed class HeldLine : PipeWriter, IDuplexPipe
{
    private readonly Pipe _toClient = new(new PipeOptions(useSynchronizationContext: false));
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly List<int> _flushSizes = [];
    private TaskCompletionSource _open = Opened();
    private int _unflushed;

    public int Flushes => _flushSizes.Count;

    public IReadOnlyList<int> FlushSizes => _flushSizes;

    public long Bytes { get; private set; }

    public PipeReader Input => _toClient.Reader;

    public PipeWriter Output => this;

    public void Hold() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _open.SetResult();

    public async Task SayAsync(byte[] bytes) => await _toClient.Writer.WriteAsync(bytes, TestContext.Current.CancellationToken);

    public override void Advance(int bytes)
    {
        Bytes += bytes;
        _unflushed += bytes;
        _buffer.ResetWrittenCount();
    }

    public override void CancelPendingFlush() => _open.TrySetResult();

    public override void Complete(Exception? exception = null) => _toClient.Writer.Complete(exception);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        _flushSizes.Add(_unflushed);
        _unflushed = 0;
        await _open.Task;
        return default;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}
