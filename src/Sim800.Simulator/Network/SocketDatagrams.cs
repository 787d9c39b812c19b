using System.Net.Sockets;

namespace Sim800.Simulator;

/// <summary>A connected UDP socket.</summary>
internal sealed class SocketDatagrams(Socket socket) : IDatagramChannel
{
    private const int LargestDatagram = 65_535;

    private readonly byte[] _buffer = new byte[LargestDatagram];

    public async ValueTask SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken = default) =>
        await socket.SendAsync(datagram, SocketFlags.None, cancellationToken).ConfigureAwait(false);

    public async ValueTask<byte[]> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        var length = await socket.ReceiveAsync(_buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        return _buffer[..length];
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
