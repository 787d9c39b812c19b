using System.IO.Pipelines;

namespace Sim800.Simulator;

/// <summary>The modem's end of a connection to a server in this process.</summary>
internal sealed class InMemoryConnection(PipeOptions options) : IDuplexPipe, IAsyncDisposable
{
    private readonly Pipe _toServer = new(options);
    private readonly Pipe _toModem = new(options);
    private readonly CancellationTokenSource _closed = new();
    private Task _serving = Task.CompletedTask;

    public PipeReader Input => _toModem.Reader;

    public PipeWriter Output => _toServer.Writer;

    public async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        await Input.CompleteAsync().ConfigureAwait(false);
        await _closed.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Dispose();
    }

    internal void Run(Func<IDuplexPipe, CancellationToken, Task> serve) =>
        _serving = Task.Run(() => ServeAsync(serve), CancellationToken.None);

    private async Task ServeAsync(Func<IDuplexPipe, CancellationToken, Task> serve)
    {
        Exception? failure = null;
        try
        {
            await serve(new ServerEnd(_toServer.Reader, _toModem.Writer), _closed.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            failure = e;
        }

        // A server that fails closes its connection; the modem reports that as it reports every other end.
        await _toModem.Writer.CompleteAsync().ConfigureAwait(false);
        await _toServer.Reader.CompleteAsync(failure).ConfigureAwait(false);
    }

    private sealed record ServerEnd(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
