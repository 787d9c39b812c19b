using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Sim800.Benchmarks;

/// <summary>A TCP connection to this computer as the transport of a client.</summary>
internal sealed class TcpTransport : IDuplexPipe, IAsyncDisposable
{
    private readonly NetworkStream _stream;

    private TcpTransport(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        (Input, Output) = (PipeReader.Create(_stream), PipeWriter.Create(_stream));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    internal static async Task<TcpTransport> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new TcpTransport(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
