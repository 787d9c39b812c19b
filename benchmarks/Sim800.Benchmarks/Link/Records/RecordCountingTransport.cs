using System.IO.Pipelines;
using Sim800.Modem;

namespace Sim800.Benchmarks.Link.Records;

/// <summary>A transport under TLS that counts the records of both directions.</summary>
internal sealed class RecordCountingTransport : IDuplexPipe, IAsyncDisposable
{
    private readonly ModemTcpConnection _inner;

    internal RecordCountingTransport(ModemTcpConnection inner, RecordCounter sent, RecordCounter received)
    {
        sent.Begin();
        received.Begin();
        (_inner, Input, Output) = (inner, new RecordCountingReader(inner.Input, received), new RecordCountingWriter(inner.Output, sent));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
