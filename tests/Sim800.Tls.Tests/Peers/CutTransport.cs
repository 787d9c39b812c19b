using System.IO.Pipelines;

namespace Sim800.Tls.Tests.Peers;

/// <summary>A transport that can end without a word, as a lost link does.</summary>
internal sealed class CutTransport : IDuplexPipe, IAsyncDisposable
{
    private readonly CountingTransport _transport;
    private readonly Pipe _received = new();
    private readonly Task _pump;

    internal CutTransport(CountingTransport transport)
    {
        _transport = transport;
        _pump = transport.Input.CopyToAsync(_received.Writer, TestContext.Current.CancellationToken);
    }

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _transport.Output;

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    internal void Cut() => _received.Writer.Complete();
}
