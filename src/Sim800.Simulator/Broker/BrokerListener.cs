using System.Net;
using System.Net.Sockets;

namespace Sim800.Simulator.Broker;

/// <summary>The TCP door of the broker on the loopback interface.</summary>
internal sealed class BrokerListener : IAsyncDisposable
{
    /// <summary>The pause after a failed accept, lest a lack of file handles spins a processor.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly BrokerCore _core;
    private readonly BrokerServer _server;
    private readonly TcpListener _listener;
    private readonly CancellationToken _stopping;
    private readonly Task _accepting;

    /// <exception cref="SocketException">The port is taken.</exception>
    internal BrokerListener(BrokerCore core, BrokerServer server, CancellationToken stopping)
    {
        (_core, _server, _stopping) = (core, server, stopping);
        _listener = new TcpListener(IPAddress.Loopback, core.Options.Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptLoopAsync();
    }

    internal int Port { get; }

    /// <summary>Completes when every connection has ended, which the stopping token must have asked for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
    }

    /// <summary>Accepts until it is stopped, then waits for the connections that end with it.</summary>
    private async Task AcceptLoopAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.RemoveAll(task => task.IsCompletedSuccessfully);
                if (await TryAcceptAsync().ConfigureAwait(false) is { } socket)
                {
                    serving.Add(_server.ServeAsync(socket, _stopping));
                }
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving).ConfigureAwait(false);
        }
    }

    private async Task<Socket?> TryAcceptAsync()
    {
        try
        {
            return await _listener.AcceptSocketAsync(_stopping).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            _core.Logger.BrokerAcceptFailed(e);
            await Task.Delay(Pause, _core.Options.TimeProvider, _stopping).ConfigureAwait(false);
            return null;
        }
    }
}
