using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace TestKit.Hostile;

/// <summary>The server's end of a WebSocket in memory: reads the request, answers as the test wants, then speaks through the platform's server side.</summary>
public sealed class ScriptedWebSocketServer
{
    private readonly DuplexPipePair _line = new();

    public IDuplexPipe ClientSide => _line.Left;

    public IDuplexPipe ServerSide => _line.Right;

    /// <summary>The answer that agrees to a request with this key (RFC 6455 §4.2.2).</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 prescribes SHA-1 here; nothing secret depends on it.")]
    public static string Agreement(string key)
    {
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";
    }

    /// <summary>Agrees, and speaks as a server should from then on.</summary>
    public async Task<WebSocket> AcceptAsync(CancellationToken cancellationToken)
    {
        await AnswerAsync(Agreement(await ReadKeyAsync(cancellationToken)), cancellationToken);
        return WebSocket.CreateFromStream(new LineStream(ServerSide), new WebSocketCreationOptions { IsServer = true });
    }

    /// <param name="text">Any octets, as Latin-1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task AnswerAsync(string text, CancellationToken cancellationToken) => PlayAsync(new PeerScript().Send(text), cancellationToken);

    /// <summary>Plays this at the server's end.</summary>
    public Task PlayAsync(PeerScript script, CancellationToken cancellationToken) => script.PlayAsync(ServerSide, cancellationToken);

    /// <summary>Takes the client's request.</summary>
    public async Task<string> ReadKeyAsync(CancellationToken cancellationToken)
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
