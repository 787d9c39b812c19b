using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Sim800.Mqtt.WebSockets;

namespace Sim800.Mqtt;

/// <summary>
/// MQTT's bytes in the binary messages of a WebSocket (MQTT 3.1.1 §6), over any transport: one flush is one message.
/// </summary>
/// <example>
/// <code>
/// await using var modem = await CellularModem.OpenAsync("/dev/ttyUSB0", new ModemOptions { Apn = "internet" });
/// var link = await modem.ConnectTcpAsync("broker.example.com", 8884);
/// var tls = await TlsConnection.ConnectAsync(link, new TlsClientOptions { ServerName = "broker.example.com" });
/// var webSocket = await MqttWebSocketConnection.ConnectAsync(tls, new MqttWebSocketOptions { Host = "broker.example.com", Port = 8884 });
/// await using var client = await MqttClient.ConnectAsync(webSocket, new MqttClientOptions { ClientId = "greenhouse-7" });
/// </code>
/// </example>
public sealed class MqttWebSocketConnection : IDuplexPipe, IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly WebSocket _webSocket;
    private readonly IDuplexPipe _transport;
    private readonly TimeProvider _clock;
    private readonly MessageReceiver _receiver;
    private int _disposed;

    private MqttWebSocketConnection(IDuplexPipe transport, TimeProvider clock)
    {
        _transport = transport;
        _clock = clock;
        _webSocket = WebSocket.CreateFromStream(new TransportStream(transport), new WebSocketCreationOptions
        {
            IsServer = false,
            SubProtocol = UpgradeRequest.Subprotocol,
            KeepAliveInterval = TimeSpan.Zero, // MQTT has its own, and each one costs money
        });
        _receiver = MessageReceiver.Start(_webSocket);
        Output = new MessageWriter(_webSocket);
    }

    /// <summary>The bytes of the received messages, whose boundaries mean nothing.</summary>
    public PipeReader Input => _receiver.Reader;

    /// <summary>Each flush sends what was written as one binary message. Cancelling a flush ends the connection.</summary>
    public PipeWriter Output { get; }

    /// <summary>Asks the server to speak MQTT over a WebSocket.</summary>
    /// <param name="transport">The open TCP or TLS connection; disposed with the WebSocket if it can be.</param>
    /// <param name="options">Host, port and resource.</param>
    /// <param name="cancellationToken">Ends the attempt; the transport is then of no further use.</param>
    /// <exception cref="MqttWebSocketUpgradeException">The server refused, or is no WebSocket server.</exception>
    public static async Task<MqttWebSocketConnection> ConnectAsync(
        IDuplexPipe transport, MqttWebSocketOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using var deadline = new CancellationTokenSource(options.UpgradeTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await UpgradeAsync(transport, options, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline.IsCancellationRequested)
        {
            throw UpgradeRefusals.Timeout(options.UpgradeTimeout);
        }

        return new MqttWebSocketConnection(transport, options.TimeProvider);
    }

    /// <summary>Says goodbye with a Close frame if the link still takes it, and disposes the transport.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await SayGoodbyeAsync().ConfigureAwait(false);
        _webSocket.Dispose();
        await _transport.Input.CompleteAsync().ConfigureAwait(false);
        await _transport.Output.CompleteAsync().ConfigureAwait(false);
        if (_transport is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task UpgradeAsync(IDuplexPipe transport, MqttWebSocketOptions options, CancellationToken cancellationToken)
    {
        var request = UpgradeRequest.FromNonce(RandomNumberGenerator.GetBytes(16));
        request.Write(transport.Output, options);
        await transport.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var result = await transport.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var input = result.Buffer;
            if (HttpResponseHead.TryRead(ref input, out var head))
            {
                transport.Input.AdvanceTo(input.Start);
                UpgradeResponse.Verify(head!, request, options);
                return;
            }

            transport.Input.AdvanceTo(input.Start, input.End);
            if (result.IsCompleted)
            {
                throw UpgradeRefusals.Closed();
            }
        }
    }

    private async Task SayGoodbyeAsync()
    {
        if (_webSocket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var deadline = new CancellationTokenSource(CloseTimeout, _clock);
        try
        {
            await _webSocket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            _webSocket.Abort(); // the link is gone already: there is nobody to say goodbye to
        }
    }
}
