using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;

namespace Sim800.Mqtt.WebSockets;

/// <summary>Gathers what is written and sends it as one binary message at each flush ([MQTT-6.0.0-1]).</summary>
internal sealed class MessageWriter(WebSocket webSocket) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> _gathered = new(2048);
    private bool _flushCanceled;
    private bool _completed;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _gathered.WrittenCount;

    public override void Advance(int bytes) => _gathered.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _gathered.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _gathered.GetSpan(sizeHint);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_gathered.WrittenCount > 0)
        {
            try
            {
                await webSocket.SendAsync(
                    _gathered.WrittenMemory, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or WebSocketException && _flushCanceled)
            {
                return new FlushResult(isCanceled: true, isCompleted: true);
            }
            catch (Exception e) when (e is WebSocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // The platform also says "cancelled" when its own receiver has found the end meanwhile.
                throw new MqttWebSocketProtocolException(
                    "The WebSocket is closed and takes no more bytes.", MqttRemedy.ConnectAgain, e);
            }
            finally
            {
                _gathered.ResetWrittenCount();
            }
        }

        return new FlushResult(isCanceled: false, isCompleted: _completed);
    }

    /// <summary>Half a frame cannot be taken back, so the WebSocket ends with the flush.</summary>
    public override void CancelPendingFlush()
    {
        _flushCanceled = true;
        webSocket.Abort();
    }

    public override void Complete(Exception? exception = null) => _completed = true;
}
