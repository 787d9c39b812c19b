using System.IO.Pipelines;
using System.Net.WebSockets;
using Sim800.Pipes;

namespace Sim800.Mqtt.WebSockets;

/// <summary>
/// Pulls the messages' bytes off the WebSocket into a pipe, whose threshold holds the server back. A task of its own, because
/// cancelling a receive on the platform's WebSocket would end the connection, and a reader must be free to stop waiting.
/// </summary>
internal sealed class MessageReceiver
{
    private const int ReceiveSize = 2048;

    private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));
    private readonly WebSocket _webSocket;
    private Exception? _failure;

    private MessageReceiver(WebSocket webSocket)
    {
        _webSocket = webSocket;
        Reader = new ReasonedReader(_pipe.Reader, () => Volatile.Read(ref _failure));
    }

    internal PipeReader Reader { get; }

    internal static MessageReceiver Start(WebSocket webSocket)
    {
        var receiver = new MessageReceiver(webSocket);
        _ = receiver.RunAsync(); // ends with the WebSocket, and hands its reason to the reader
        return receiver;
    }

    private async Task RunAsync()
    {
        try
        {
            while (await ReceiveAsync().ConfigureAwait(false))
            {
                if ((await _pipe.Writer.FlushAsync().ConfigureAwait(false)).IsCompleted)
                {
                    break;
                }
            }

            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Volatile.Write(ref _failure, Reason(e));
            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> ReceiveAsync()
    {
        var received = await _webSocket.ReceiveAsync(_pipe.Writer.GetMemory(ReceiveSize), CancellationToken.None).ConfigureAwait(false);
        if (received.MessageType is WebSocketMessageType.Text)
        {
            _webSocket.Abort();
            throw new MqttWebSocketProtocolException(
                "The server sent a WebSocket text message; MQTT travels in binary ones [MQTT-6.0.0-1].",
                MqttRemedy.CheckWebSocketService);
        }

        _pipe.Writer.Advance(received.Count);
        return received.MessageType is WebSocketMessageType.Binary;
    }

    private static Exception Reason(Exception reason) => reason is MqttException
        ? reason
        : new MqttWebSocketProtocolException(
            "The WebSocket ended without a Close frame.", MqttRemedy.ConnectAgain, reason);
}
