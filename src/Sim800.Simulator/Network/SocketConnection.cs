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

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
