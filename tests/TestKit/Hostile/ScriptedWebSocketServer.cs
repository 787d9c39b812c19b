using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using Sim800.Mqtt.WebSockets;
using TestKit;

namespace Sim800.Mqtt.Tests.WebSockets;

/// <summary>The server's end of a WebSocket in memory: reads the request, answers as the test wants, then speaks through the platform's server side.</summary>
internal sealed class WebSocketPeer
{
    private readonly DuplexPipePair _line = new();

    internal IDuplexPipe ClientSide => _line.Left;

    internal IDuplexPipe ServerSide => _line.Right;

    internal async Task<WebSocket> AcceptAsync(CancellationToken cancellationToken)
    {
        var key = await ReadKeyAsync(cancellationToken);
        await AnswerAsync(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {new UpgradeRequest(key).ExpectedAccept}\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n",
            cancellationToken);
        return WebSocket.CreateFromStream(new TransportStream(ServerSide), new WebSocketCreationOptions { IsServer = true });
    }

    internal async Task AnswerAsync(string text, CancellationToken cancellationToken)
    {
        ServerSide.Output.Write(Encoding.Latin1.GetBytes(text));
        await ServerSide.Output.FlushAsync(cancellationToken);
    }

    internal async Task<string> ReadKeyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await ServerSide.Input.ReadAsync(cancellationToken);
            var text = Encoding.Latin1.GetString(result.Buffer);
            if (text.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                ServerSide.Input.AdvanceTo(result.Buffer.End);
                return text.Split("Sec-WebSocket-Key: ")[1].Split("\r\n")[0];
            }

            ServerSide.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
