using System.IO.Pipelines;
using System.Net.Sockets;

namespace Sim800.Simulator;

/// <summary>A connected socket as a pipe.</summary>
internal sealed class SocketConnection : IDuplexPipe, IAsyncDisposable
{
    private readonly NetworkStream _stream;

    internal SocketConnection(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        Input = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        Output = PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Ends the sending side first, so that what was sent arrives even when the peer's bytes were not all read.</summary>
    public ValueTask DisposeAsync()
    {
        try
        {
            _stream.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.NotConnected or SocketError.ConnectionReset)
        {
            // The peer was faster: there is nobody left to send anything to.
        }

        return _stream.DisposeAsync();
    }
}
