using System.IO.Pipelines;

namespace Sim800.Modem.Tests.Links;

/// <summary>A modem without a thread or an allocation of its own: it answers in the flush that asks, always for 100 bytes on link 0.</summary>
internal sealed class AnsweringLine : PipeWriter, IDuplexPipe
{
    private readonly Pipe _toHost = new(new PipeOptions(useSynchronizationContext: false));
    private readonly byte[] _written = new byte[4096];
    private readonly byte[] _read = [.. "\r\n+CIPRXGET: 2,0,100,0\r\n"u8, .. new byte[100], .. "\r\nOK\r\n"u8];
    private int _count;

    public PipeReader Input => _toHost.Reader;

    public PipeWriter Output => this;

    public override void Advance(int bytes) => _count += bytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _written.AsMemory(_count);

    public override Span<byte> GetSpan(int sizeHint = 0) => _written.AsSpan(_count);

    public override void CancelPendingFlush()
    {
        // no flush is ever pending
    }

    public override void Complete(Exception? exception = null) => _toHost.Writer.Complete(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var asked = _written.AsSpan(0, _count);
        _count = 0;
        Say(asked.SequenceEqual("AT+CIPSEND=0,100\r"u8) ? "\r\n> "u8
            : asked.SequenceEqual("AT+CIPRXGET=2,0,1460\r"u8) ? _read
            : "\r\nDATA ACCEPT:0,100\r\n"u8);
        return default;
    }

    private void Say(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_toHost.Writer.GetSpan(text.Length));
        _toHost.Writer.Advance(text.Length);
#pragma warning disable CA2012 // an answer is far below the pipe's threshold
        _ = _toHost.Writer.FlushAsync(CancellationToken.None);
#pragma warning restore CA2012
    }
}
