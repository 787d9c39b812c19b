using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sim800.Mqtt.WebSockets;

/// <summary>The client's half of the opening handshake (RFC 6455 §4.1).</summary>
internal readonly record struct UpgradeRequest(string Key)
{
    internal const string Subprotocol = "mqtt";

    private const string AcceptSalt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>What <c>Sec-WebSocket-Accept</c> must be: base64(SHA-1(key + salt)).</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 prescribes SHA-1 here; nothing secret depends on it.")]
    internal string ExpectedAccept => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(Key + AcceptSalt)));

    /// <param name="nonce">16 random bytes.</param>
    internal static UpgradeRequest FromNonce(ReadOnlySpan<byte> nonce) => new(Convert.ToBase64String(nonce));

    internal void Write(IBufferWriter<byte> output, MqttWebSocketOptions options)
    {
        var text = new StringBuilder()
            .Append("GET ").Append(options.Path).Append(" HTTP/1.1\r\n")
            .Append("Host: ").Append(HostField(options)).Append("\r\n")
            .Append("Upgrade: websocket\r\nConnection: Upgrade\r\n")
            .Append("Sec-WebSocket-Key: ").Append(Key).Append("\r\n")
            .Append("Sec-WebSocket-Version: 13\r\n")
            .Append("Sec-WebSocket-Protocol: ").Append(Subprotocol).Append("\r\n"); // [MQTT-6.0.0-3]
        foreach (var (name, value) in options.Headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        Encoding.ASCII.GetBytes(text.Append("\r\n").ToString(), output);
    }

    private static string HostField(MqttWebSocketOptions options)
    {
        var host = options.Host.Contains(':', StringComparison.Ordinal) ? $"[{options.Host}]" : options.Host;
        return options.Port == (options.Secure ? 443 : 80) ? host : $"{host}:{options.Port}";
    }
}
