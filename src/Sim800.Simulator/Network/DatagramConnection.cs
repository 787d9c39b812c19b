using System.Net.Sockets;
using System.Threading.Channels;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Network;

/// <summary>UDP: what cannot be delivered is lost without a word, and only the modem ends it.</summary>
internal sealed class DatagramConnection(long id, INetworkEvents events) : INetworkConnection
{
    private readonly Channel<byte[]> _toSend = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();

    public Task Running { get; private set; } = Task.CompletedTask;

    public void Dispose() => _closing.Dispose();

    public void Start(IVirtualNetwork network, string host, int port, IDisposable? hold) =>
        Running = Task.Run(() => RunAsync(network, host, port, hold), CancellationToken.None);

    public void Send(byte[] bytes) => _toSend.Writer.TryWrite(bytes);

    /// <summary>UDP has no window: what the modem cannot hold is lost there.</summary>
    public void Grant(int bytes)
    {
    }

    public void Close() => _toSend.Writer.TryComplete();

    public void Abort()
    {
        Close();
        _closing.Cancel();
    }

    private async Task RunAsync(IVirtualNetwork network, string host, int port, IDisposable? hold)
    {
        var channel = await OpenAsync(network, host, port, hold).ConfigureAwait(false);
        if (channel is null)
        {
            return;
        }

        await using (channel.ConfigureAwait(false))
        {
            var receiving = ReceiveAsync(channel);
            await SendAsync(channel).ConfigureAwait(false);
            await _closing.CancelAsync().ConfigureAwait(false);
            await receiving.ConfigureAwait(false);
        }
    }

    private async Task<IDatagramChannel?> OpenAsync(IVirtualNetwork network, string host, int port, IDisposable? hold)
    {
        using (hold)
        {
            try
            {
                var channel = await network.OpenDatagramsAsync(host, port, _closing.Token).ConfigureAwait(false);
                events.Opened(id);
                return channel;
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                events.Refused(id);
                return null;
            }
        }
    }

    private async Task SendAsync(IDatagramChannel channel)
    {
        await foreach (var bytes in _toSend.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (!await TryAsync(() => channel.SendAsync(bytes, _closing.Token)).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task ReceiveAsync(IDatagramChannel channel)
    {
        while (await TryAsync(async () => events.Received(id, await channel.ReceiveAsync(_closing.Token).ConfigureAwait(false))).ConfigureAwait(false))
        {
        }
    }

    /// <returns><c>false</c> when the connection is closing. "Port unreachable" is what UDP on a modem does not hear.</returns>
    private static async Task<bool> TryAsync(Func<ValueTask> action)
    {
        try
        {
            await action().ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }
}
