using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace TestKit.Hostile;

/// <summary>Plays the same peer to everyone who connects: to a port of this machine, or to a Unix domain socket.</summary>
public sealed class PeerListener : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<IDuplexPipe, CancellationToken, Task> _play;
    private readonly Task _serving;

    /// <param name="play">The peer; a <see cref="ConnectionResetException"/> that it throws is what the other side gets.</param>
    /// <param name="at">Where to listen; at a free port by default.</param>
    public PeerListener(Func<IDuplexPipe, CancellationToken, Task> play, EndPoint? at = null)
    {
        _play = play;
        at ??= new IPEndPoint(IPAddress.Loopback, 0);
        _listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(at);
        _listener.Listen();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Fails as a peer did that met something it did not expect.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(PlayAsync(await _listener.AcceptAsync(_stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PlayAsync(Socket socket)
    {
        using var owned = socket;
        var stream = new NetworkStream(socket);
        try
        {
            await _play(new End(PipeReader.Create(stream), PipeWriter.Create(stream)), _stopping.Token);
        }
        catch (ConnectionResetException)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return; // the other side has left, or the test is over
        }
    }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

/// <summary>Thrown by a peer that breaks its connection off.</summary>
public sealed class ConnectionResetException(string message) : Exception(message);
