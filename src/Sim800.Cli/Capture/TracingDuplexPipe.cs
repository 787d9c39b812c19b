using System.IO.Pipelines;

namespace Sim800.Cli.Capture;

/// <summary>A connection with a tap on it: it passes everything on and keeps nothing.</summary>
internal sealed class TracingDuplexPipe(IDuplexPipe inner, ITap tap) : IDuplexPipe, IAsyncDisposable
{
    public PipeReader Input { get; } = new TracingPipeReader(inner.Input, tap);

    public PipeWriter Output { get; } = new TracingPipeWriter(inner.Output, tap);

    public async ValueTask DisposeAsync()
    {
        tap.Closed();
        if (inner is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }
}
