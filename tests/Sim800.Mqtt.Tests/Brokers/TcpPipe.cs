using System.IO.Pipelines;
using System.Net.Sockets;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>A TCP connection as the transport of a client.</summary>
internal sealed class TcpPipe : IDuplexPipe, IAsyncDisposable
{
    private readonly TcpClient _tcp;

    private TcpPipe(TcpClient tcp)
    {
        _tcp = tcp;
        Input = PipeReader.Create(tcp.GetStream());
        Output = PipeWriter.Create(tcp.GetStream());
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static async Task<TcpPipe> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync("127.0.0.1", port, cancellationToken);
        return new TcpPipe(tcp);
    }

    /// <summary>Breaks the connection without a goodbye.</summary>
    internal void Abort()
    {
        _tcp.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        _tcp.Client.Close();
    }
}
