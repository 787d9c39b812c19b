using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Sim800.Cli.Rendering;
using Sim800.Modem;
using Sim800.Tls;

namespace Sim800.Cli.Verbs;

/// <summary>Carries each connection to a local port through the modem.</summary>
internal sealed class Bridge(IPEndPoint local, string host, int port, TlsClientOptions? tls, StagePrinter printer)
{
    /// <summary>How long the far side may go on talking when the near side has said all it had to say.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    private Exception? _lineIsDead;

    /// <summary>Bounds the time of one connection.</summary>
    internal Func<Func<CancellationToken, Task<IDuplexPipe>>, CancellationToken, Task<IDuplexPipe>> ConnectAsync { get; init; } =
        static (connect, cancellationToken) => connect(cancellationToken);

    /// <exception cref="ModemClosedException">The serial line has died.</exception>
    internal async Task<int> RunAsync(Sim800Modem modem, CancellationToken cancellationToken)
    {
        using var listener = Listen();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        printer.Say($"bridge    {listener.LocalEndpoint} -> {host}:{port}{(tls is null ? string.Empty : " with TLS")}; Ctrl-C ends it");
        var carrying = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(ending.Token).ConfigureAwait(false);
                carrying.RemoveAll(task => task.IsCompleted);
                carrying.Add(CarryAsync(modem, socket, ending));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(carrying).ConfigureAwait(false);
            return _lineIsDead is { } reason ? throw reason : ExitCode.Success;
        }
    }

    private TcpListener Listen()
    {
        var listener = new TcpListener(local);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new IOException($"Nothing can listen on {local}: {e.Message}. Give another --listen address.", e);
        }
    }

    /// <summary>One connection; what goes wrong with it ends it alone, unless no other can fare better.</summary>
    private async Task CarryAsync(Sim800Modem modem, Socket socket, CancellationTokenSource ending)
    {
        try
        {
            var near = new NetworkStream(socket, ownsSocket: true);
            await using (near.ConfigureAwait(false))
            {
                var far = await ConnectAsync(stopping => OpenAsync(modem, stopping), ending.Token).ConfigureAwait(false);
                await using (((IAsyncDisposable)far).ConfigureAwait(false))
                {
                    printer.Say($"open      {socket.RemoteEndPoint}");
                    await CarryAsync(near, far, ending.Token).ConfigureAwait(false);
                    printer.Say($"closed    {socket.RemoteEndPoint}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            return; // Ctrl-C, or the line has died
        }
        catch (ModemClosedException e)
        {
            _lineIsDead = e;
            await ending.CancelAsync().ConfigureAwait(false);
        }
        catch (IOException e)
        {
            printer.Say($"sim800: {FailureText.Of(e)}");
        }
    }

    private async Task<IDuplexPipe> OpenAsync(Sim800Modem modem, CancellationToken cancellationToken)
    {
        var tcp = await modem.ConnectTcpAsync(host, port, cancellationToken).ConfigureAwait(false);
        if (tls is null)
        {
            return tcp;
        }

        try
        {
            return await TlsConnection.ConnectAsync(tcp, tls, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await tcp.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task CarryAsync(NetworkStream near, IDuplexPipe far, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var up = PipeReader.Create(near, new StreamPipeReaderOptions(leaveOpen: true)).CopyToAsync(far.Output, ending.Token);
        var down = far.Input.CopyToAsync(near, ending.Token);
        if (await Task.WhenAny(up, down).ConfigureAwait(false) == up)
        {
            ending.CancelAfter(LastWords);
            await down.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(up, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if ((up.Exception ?? down.Exception)?.InnerException is IOException reason)
        {
            throw reason;
        }
    }
}
