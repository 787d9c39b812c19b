using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Sim800.Cli.Rendering;
using Sim800.Modem;
using Sim800.Tls;

namespace Sim800.Cli.Verbs;

/// <summary>Carries each connection to a local port through the modem.</summary>
/// <param name="local">Where to listen.</param>
/// <param name="remote">Where the modem connects to; <c>null</c> lets each connection say so (SOCKS5).</param>
/// <param name="tls">How TLS is put on; <c>null</c> carries the bytes as they are.</param>
/// <param name="printer">Who tells of it.</param>
internal sealed class Bridge(IPEndPoint local, RemoteEndPoint? remote, TlsClientOptions? tls, StagePrinter printer) : IDisposable
{
    /// <summary>How long the far side may go on talking when the near side has said all it had to say.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    /// <summary>How long a program may take to say where it wants to go.</summary>
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _free = new(0);
    private Exception? _lineIsDead;

    /// <summary>Bounds the time of one connection.</summary>
    internal Func<Func<CancellationToken, Task<IDuplexPipe>>, CancellationToken, Task<IDuplexPipe>> Bounded { get; init; } =
        static (connect, cancellationToken) => connect(cancellationToken);

    public void Dispose() => _free.Dispose();

    /// <exception cref="ModemClosedException">The serial line has died.</exception>
    internal async Task<int> RunAsync(CellularModem modem, CancellationToken cancellationToken)
    {
        using var listener = Listen();
        _free.Release(modem.MaxConnections);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var where = remote is null ? "where SOCKS5 says" : $"{remote.Host}:{remote.Port.ToString(CultureInfo.InvariantCulture)}";
        printer.Say($"bridge    {listener.LocalEndpoint} -> {where}{(tls is null ? string.Empty : " with TLS")}; Ctrl-C ends it");
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
    private async Task CarryAsync(CellularModem modem, Socket socket, CancellationTokenSource ending)
    {
        try
        {
            var near = new NetworkStream(socket, ownsSocket: true);
            await using (near.ConfigureAwait(false))
            {
                await CarryAsync(modem, near, ending.Token).ConfigureAwait(false);
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

    private async Task CarryAsync(CellularModem modem, NetworkStream near, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(near, new StreamPipeReaderOptions(leaveOpen: true));
        var wanted = remote ?? await RequestAsync(reader, near, cancellationToken).ConfigureAwait(false);
        await TakeLinkAsync(modem, near.Socket, cancellationToken).ConfigureAwait(false);
        try
        {
            var far = await Bounded(stopping => ConnectAsync(modem, wanted, near, stopping), cancellationToken).ConfigureAwait(false);
            await using (((IAsyncDisposable)far).ConfigureAwait(false))
            {
                var name = near.Socket.RemoteEndPoint;
                printer.Say(remote is null ? $"open      {name} -> {wanted.Host}:{wanted.Port.ToString(CultureInfo.InvariantCulture)}" : $"open      {name}");
                await CarryAsync(reader, near, far, cancellationToken).ConfigureAwait(false);
                printer.Say($"closed    {name}");
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Reads where a program wants to go.</summary>
    private static async Task<RemoteEndPoint> RequestAsync(PipeReader reader, NetworkStream near, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RequestTime);
        try
        {
            return await Socks5.AcceptAsync(reader, near, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("A program connected and did not say in SOCKS5 where it wants to go.", e);
        }
    }

    /// <summary>Waits for one of the modem's links, in the order of arrival.</summary>
    private async Task TakeLinkAsync(CellularModem modem, Socket socket, CancellationToken cancellationToken)
    {
        var taking = _free.WaitAsync(cancellationToken);
        if (!taking.IsCompleted)
        {
            printer.Say($"waits     {socket.RemoteEndPoint}: the modem's {modem.MaxConnections} links are in use");
        }

        await taking.ConfigureAwait(false);
    }

    private async Task<IDuplexPipe> ConnectAsync(CellularModem modem, RemoteEndPoint wanted, NetworkStream near, CancellationToken cancellationToken)
    {
        try
        {
            var tcp = await modem.ConnectTcpAsync(wanted.Host, wanted.Port, cancellationToken).ConfigureAwait(false);
            if (remote is null)
            {
                await Socks5.ReplyAsync(near, Socks5Reply.Succeeded, cancellationToken).ConfigureAwait(false);
            }

            return tls is null ? tcp : await SecureAsync(tcp, tls, cancellationToken).ConfigureAwait(false);
        }
        catch (ModemException e) when (remote is null)
        {
            await Socks5.ReplyAsync(near, Socks5.ReplyFor(e), cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<IDuplexPipe> SecureAsync(ModemTcpConnection tcp, TlsClientOptions tls, CancellationToken cancellationToken)
    {
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

    private static async Task CarryAsync(PipeReader reader, NetworkStream near, IDuplexPipe far, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var up = reader.CopyToAsync(far.Output, ending.Token);
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

/// <summary>A host and a port that the modem can dial.</summary>
internal sealed record RemoteEndPoint(string Host, int Port);
