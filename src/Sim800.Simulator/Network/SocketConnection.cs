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
        TryEndSending();
        return _stream.DisposeAsync();
    }

    /// <returns><c>false</c> when the peer was faster and nobody is left to send anything to.</returns>
    private bool TryEndSending()
    {
        try
        {
            _stream.Socket.Shutdown(SocketShutdown.Send);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.NotConnected or SocketError.ConnectionReset)
        {
            return false;
        }
    }
}
