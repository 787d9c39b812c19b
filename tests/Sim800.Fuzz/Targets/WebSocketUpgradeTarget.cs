using System.Buffers;
using Sim800.Mqtt;
using Sim800.Mqtt.WebSockets;
using TestKit;

namespace Sim800.Fuzz;

/// <summary>The answer to a WebSocket's request: an agreement, or a refusal with a remedy, wherever it is cut.</summary>
internal sealed class WebSocketUpgradeTarget : FuzzTarget
{
    private static readonly UpgradeRequest Request = new("dGhlIHNhbXBsZSBub25jZQ==");
    private static readonly MqttWebSocketOptions Options = new() { Host = "h", Port = 8083 };

    private static readonly string[] Lines =
    [
        "Upgrade: websocket", "upgrade:WebSocket", "Connection: Upgrade", "Connection: keep-alive, upgrade", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "Sec-WebSocket-Protocol: mqtt", "Sec-WebSocket-Protocol: mqttv3.1", "Sec-WebSocket-Extensions: permessage-deflate", "Content-Length: 0", "Server: x", ":", "a", " b: c", "Location: http://x/",
    ];

    internal override string Name => "websocket-upgrade";

    internal override int Inputs => 15_000;

    internal override int Longest => 10_000;

    internal override IReadOnlyList<string> Words { get; } = ["\r\n", "\r\n\r\n", "HTTP/1.1 ", "HTTP/1.0 200 OK", ": ", ",", .. Lines];

    internal override bool IsTyped(Exception exception) => exception is MqttWebSocketUpgradeException { RemedyText.Length: > 0 };

    internal override byte[] Generate(Dice dice) =>
        Text(string.Concat(Enumerable.Range(0, dice.Small(0, 10)).Select(_ => dice.Of(Lines) + "\r\n").Prepend(
            dice.OneIn(4) ? $"HTTP/1.1 {dice.Below(1200)} x\r\n" : "HTTP/1.1 101 Switching Protocols\r\n")) + "\r\n");

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var whole = Read(new ReadOnlySequence<byte>(input));
        var cut = input.Length / 2;
        var split = Read(Splits.Segments(input, cut, input.Length - cut));
        if (whole?.Message != split?.Message)
        {
            throw new BrokenPropertyException($"whole: {whole}; cut at {cut}: {split}");
        }

        return whole is null ? default : ValueTask.FromException(whole);
    }

    private static MqttWebSocketUpgradeException? Read(ReadOnlySequence<byte> input)
    {
        try
        {
            if (HttpResponseHead.TryRead(ref input, out var head))
            {
                UpgradeResponse.Verify(head!, Request, Options);
            }

            return null;
        }
        catch (MqttWebSocketUpgradeException e)
        {
            return e;
        }
    }
}
