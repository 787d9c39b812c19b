using System.Buffers;
using System.Net.WebSockets;
using Sim800.Mqtt.WebSockets;

namespace Sim800.Mqtt.Tests.WebSockets;

public sealed class MessageWriterTests
{
    [Fact]
    public async Task An_end_that_the_receiver_finds_during_a_flush_is_told_as_one()
    {
        using var aborted = new AbortedWebSocket();
        var writer = new MessageWriter(aborted);
        writer.Write("x"u8);
        var failure = await Assert.ThrowsAsync<MqttWebSocketProtocolException>(
            async () => await writer.FlushAsync(TestContext.Current.CancellationToken));
        Assert.IsType<OperationCanceledException>(failure.InnerException);
    }

    [Fact]
    public async Task The_callers_own_cancellation_stays_one()
    {
        using var aborted = new AbortedWebSocket();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var writer = new MessageWriter(aborted);
        writer.Write("x"u8);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await writer.FlushAsync(cancelled.Token));
    }

    /// <summary>What the platform's does when it is aborted while it sends.</summary>
    private sealed class AbortedWebSocket : WebSocket
    {
        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Aborted;

        public override string? SubProtocol => null;

        public override void Abort()
        {
        }

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override void Dispose()
        {
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task SendAsync(
            ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            Task.FromException(new OperationCanceledException("Aborted"));
    }
}
