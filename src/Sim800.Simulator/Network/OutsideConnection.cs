using System.Net.Sockets;
using System.Threading.Channels;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Network;

/// <summary>What TCP and UDP have in common: opening, a queue of what is to be sent, closing.</summary>
internal abstract class OutsideConnection<TTransport>(long id, INetworkEvents events) : INetworkConnection
    where TTransport : class
{
    private readonly CancellationTokenSource _closing = new();

    public Task Running { get; private set; } = Task.CompletedTask;

    protected long Id => id;

    protected INetworkEvents Events => events;

    protected Channel<byte[]> ToSend { get; } = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Cancelled when nothing more is to be sent, or at once on <see cref="Abort"/>.</summary>
    protected CancellationToken Closing => _closing.Token;

    public virtual void Dispose() => _closing.Dispose();

    public void Start(IVirtualNetwork network, string host, int port, IDisposable? hold) =>
        Running = Task.Run(() => RunAsync(network, host, port, hold), CancellationToken.None);

    public void Send(byte[] bytes) => ToSend.Writer.TryWrite(bytes);

    public abstract void Grant(int bytes);

    public void Close() => ToSend.Writer.TryComplete();

    public void Abort()
    {
        _closing.Cancel();
        Close();
    }

    protected abstract ValueTask<TTransport> ConnectAsync(IVirtualNetwork network, string host, int port);

    /// <summary>Ends when <see cref="ToSend"/> has.</summary>
    protected abstract Task SendAsync(TTransport transport);

    protected abstract Task ReceiveAsync(TTransport transport);

    private async Task RunAsync(IVirtualNetwork network, string host, int port, IDisposable? hold)
    {
        if (await OpenAsync(network, host, port, hold).ConfigureAwait(false) is not { } transport)
        {
            return;
        }

        var receiving = ReceiveAsync(transport);
        await SendAsync(transport).ConfigureAwait(false);
        await _closing.CancelAsync().ConfigureAwait(false);
        await receiving.ConfigureAwait(false);
        if (transport is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<TTransport?> OpenAsync(IVirtualNetwork network, string host, int port, IDisposable? hold)
    {
        using (hold)
        {
            try
            {
                var transport = await ConnectAsync(network, host, port).ConfigureAwait(false);
                events.Opened(id);
                return transport;
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                events.Refused(id);
                return null;
            }
        }
    }
}
