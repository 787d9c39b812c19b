using System.Threading.Channels;

namespace Sim800.Simulator;

/// <summary>The modem's end of an exchange of datagrams with a server in this process.</summary>
internal sealed class InMemoryDatagrams : IDatagramChannel
{
    private readonly End _modemEnd;
    private readonly End _serverEnd;
    private readonly CancellationTokenSource _closed = new();
    private Task _serving = Task.CompletedTask;

    internal InMemoryDatagrams()
    {
        var (up, down) = (CreateQueue(), CreateQueue());
        (_modemEnd, _serverEnd) = (new End(up, down), new End(down, up));
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken = default) =>
        _modemEnd.SendAsync(datagram, cancellationToken);

    public ValueTask<byte[]> ReceiveAsync(CancellationToken cancellationToken = default) => _modemEnd.ReceiveAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Dispose();
    }

    internal void Run(Func<IDatagramChannel, CancellationToken, Task> serve) =>
        _serving = Task.Run(() => serve(_serverEnd, _closed.Token), CancellationToken.None);

    /// <summary>As in a network, what is too much is lost.</summary>
    private static Channel<byte[]> CreateQueue() =>
        Channel.CreateBounded<byte[]>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropWrite });

    private sealed class End(Channel<byte[]> outgoing, Channel<byte[]> incoming) : IDatagramChannel
    {
        public async ValueTask SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken = default) =>
            await outgoing.Writer.WriteAsync(datagram.ToArray(), cancellationToken).ConfigureAwait(false);

        public ValueTask<byte[]> ReceiveAsync(CancellationToken cancellationToken = default) => incoming.Reader.ReadAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
