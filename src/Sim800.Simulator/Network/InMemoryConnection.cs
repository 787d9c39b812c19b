using System.IO.Pipelines;

namespace Sim800.Simulator;

/// <summary>The modem's end of a connection to a server in this process.</summary>
internal sealed class InMemoryConnection : IDuplexPipe, IAsyncDisposable
{
    private readonly Pipe _toServer;
    private readonly Pipe _toModem;
    private readonly CancellationTokenSource _reset = new();
    private Task _serving = Task.CompletedTask;

    internal InMemoryConnection(PipeOptions options)
    {
        (_toServer, _toModem) = (new Pipe(options), new Pipe(options));
        Output = new ResettingWriter(_toServer.Writer, _reset);
    }

    public PipeReader Input => _toModem.Reader;

    public PipeWriter Output { get; }

    /// <summary>After a close the server still has bytes to read, and takes its time; after a reset it has nothing left to do.</summary>
    public async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        await Input.CompleteAsync().ConfigureAwait(false);
        if (_reset.IsCancellationRequested)
        {
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _reset.Dispose();
        }
    }

    internal void Run(Func<IDuplexPipe, CancellationToken, Task> serve) =>
        _serving = Task.Run(() => ServeAsync(serve), CancellationToken.None);

    private async Task ServeAsync(Func<IDuplexPipe, CancellationToken, Task> serve)
    {
        Exception? failure = null;
        try
        {
            await serve(new ServerEnd(_toServer.Reader, new ServerWriter(_toModem.Writer)), _reset.Token).ConfigureAwait(false);
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
