using System.Net.Sockets;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Network;

/// <summary>UDP: what cannot be delivered is lost without a word, and only the modem ends it.</summary>
internal sealed class DatagramConnection(long id, INetworkEvents events) : OutsideConnection<IDatagramChannel>(id, events)
{
    /// <summary>UDP has no window: what the modem cannot hold is lost there.</summary>
    public override void Grant(int bytes)
    {
    }

    protected override ValueTask<IDatagramChannel> ConnectAsync(IVirtualNetwork network, string host, int port) =>
        network.OpenDatagramsAsync(host, port, Closing);

    protected override async Task SendAsync(IDatagramChannel transport)
    {
        var isOpen = true;
        await foreach (var bytes in ToSend.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            isOpen = isOpen && await TryAsync(() => transport.SendAsync(bytes, Closing)).ConfigureAwait(false);
        }
    }

    protected override async Task ReceiveAsync(IDatagramChannel transport)
    {
        var isOpen = true;
        while (isOpen)
        {
            isOpen = await TryAsync(async () => Events.Received(Id, await transport.ReceiveAsync(Closing).ConfigureAwait(false))).ConfigureAwait(false);
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
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
