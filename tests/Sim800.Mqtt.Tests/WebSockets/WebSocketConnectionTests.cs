using System.Buffers;
using System.Net.WebSockets;
using Sim800.Mqtt.Tests.Conformance;
using TestKit;
using TestKit.Hostile;

namespace Sim800.Mqtt.Tests.WebSockets;

public sealed class WebSocketConnectionTests
{
    private static readonly MqttWebSocketOptions Options = new() { Host = "h", Port = 8083 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-6.0.0-1")]
    public async Task A_flush_is_one_binary_message()
    {
        var (connection, server) = await OpenAsync();
        await using var _ = connection;
        connection.Output.Write("con"u8);
        connection.Output.GetMemory(3);
        "nec"u8.CopyTo(connection.Output.GetMemory(3).Span);
        connection.Output.Advance(3);
        connection.Output.Write("t"u8);
        Assert.Equal(7, connection.Output.UnflushedBytes);
        Assert.True(connection.Output.CanGetUnflushedBytes);

        await connection.Output.FlushAsync(Token);
        await connection.Output.FlushAsync(Token);

        var buffer = new byte[64];
        var message = await server.ReceiveAsync(buffer.AsMemory(), Token);
        Assert.Equal(WebSocketMessageType.Binary, message.MessageType);
        Assert.True(message.EndOfMessage);
        Assert.Equal("connect"u8.ToArray(), buffer[..message.Count]);
        Assert.Equal(0, connection.Output.UnflushedBytes);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_flush_is_one_flush_of_the_transport()
    {
        var peer = new ScriptedWebSocketServer();
        var counting = new CountingPipe(peer.ClientSide);
        var connecting = MqttWebSocketConnection.ConnectAsync(counting, Options, Token);
        using var server = await peer.AcceptAsync(Token);
        await using var connection = await connecting;
        Assert.Equal(1, counting.Flushes);

        await connection.Output.WriteAsync(new byte[1000], Token);

        Assert.Equal(2, counting.Flushes);
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-6.0.0-2")]
    public async Task Packets_may_lie_across_messages_and_share_them()
    {
        var (connection, server) = await OpenAsync();
        await using var _ = connection;

        await server.SendAsync("ab"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, Token);
        await server.SendAsync("c"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: false, Token);
        await server.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Binary, endOfMessage: true, Token);
        await server.SendAsync("defg"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, Token);

        Assert.Equal("abcdefg"u8.ToArray(), await ReadAsync(connection, 7));
    }

    [Fact(Timeout = 120_000)]
    public async Task Bytes_that_came_with_the_servers_agreement_are_not_lost()
    {
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options, Token);
        var key = await peer.ReadKeyAsync(Token);
        await peer.AnswerAsync(ScriptedWebSocketServer.Agreement(key) + "\u0082\u0002hi", Token);
        await using var connection = await connecting;

        Assert.Equal("hi"u8.ToArray(), await ReadAsync(connection, 2));
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-6.0.0-1")]
    public async Task A_text_message_ends_the_connection()
    {
        var (connection, server) = await OpenAsync();
        await using var _ = connection;

        await server.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Token);

        var error = await Assert.ThrowsAsync<MqttWebSocketProtocolException>(async () => await connection.Input.ReadAsync(Token));
        Assert.Contains("text", error.Message, StringComparison.Ordinal);
        connection.Output.Write("x"u8);
        await Assert.ThrowsAnyAsync<Exception>(async () => await connection.Output.FlushAsync(Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_close_frame_is_the_end_of_the_input()
    {
        var (connection, server) = await OpenAsync();
        await using var _ = connection;

        await server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Token);

        Assert.True((await connection.Input.ReadAsync(Token)).IsCompleted);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_end_without_a_close_frame_is_an_error_and_later_flushes_say_so()
    {
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options, Token);
        using var server = await peer.AcceptAsync(Token);
        await using var connection = await connecting;

        await peer.ServerSide.Output.CompleteAsync();
        await peer.ServerSide.Input.CompleteAsync();

        await Assert.ThrowsAsync<MqttWebSocketProtocolException>(async () => await connection.Input.ReadAsync(Token));
        connection.Output.Write("x"u8);
        await Assert.ThrowsAsync<MqttWebSocketProtocolException>(async () => await connection.Output.FlushAsync(Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_came_before_an_end_without_a_close_frame_is_read_first()
    {
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options, Token);
        using var server = await peer.AcceptAsync(Token);
        await using var connection = await connecting;
        await server.SendAsync(new byte[] { 0x20, 0x02, 0x00, 0x05 }, WebSocketMessageType.Binary, endOfMessage: true, Token);
        await peer.ServerSide.Output.CompleteAsync();
        await peer.ServerSide.Input.CompleteAsync();
        connection.Output.Write("x"u8);
        await Assert.ThrowsAsync<MqttWebSocketProtocolException>(async () => await connection.Output.FlushAsync(Token));

        Assert.Equal(new byte[] { 0x20, 0x02, 0x00, 0x05 }, await ReadAsync(connection, 4));
        await Assert.ThrowsAsync<MqttWebSocketProtocolException>(async () => await connection.Input.ReadAsync(Token));
        Assert.Throws<MqttWebSocketProtocolException>(() => connection.Input.TryRead(out var _));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_rest_that_is_left_at_such_an_end_is_given_once()
    {
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options, Token);
        using var server = await peer.AcceptAsync(Token);
        await using var connection = await connecting;
        await server.SendAsync("half"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, Token);
        await peer.ServerSide.Output.CompleteAsync();

        await Assert.ThrowsAsync<MqttWebSocketProtocolException>(async () =>
        {
            while (true)
            {
                var result = await connection.Input.ReadAsync(Token);
                Assert.False(result.IsCompleted);
                connection.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        });
    }

    [Fact(Timeout = 120_000)]
    public async Task Cancelling_a_read_loses_nothing()
    {
        var (connection, server) = await OpenAsync();
        await using var _ = connection;
        using var impatient = new CancellationTokenSource();
        var read = connection.Input.ReadAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
        var pending = connection.Input.ReadAsync(Token);
        connection.Input.CancelPendingRead();
        Assert.True((await pending).IsCanceled);

        await server.SendAsync("late"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, Token);

        Assert.Equal("late"u8.ToArray(), await ReadAsync(connection, 4));
    }

    [Fact(Timeout = 120_000)]
    public async Task Cancelling_a_pending_flush_is_reported_and_ends_the_connection()
    {
        var (connection, _) = await OpenAsync();
        await using var __ = connection;
        connection.Output.CancelPendingFlush();
        connection.Output.Write("x"u8);

        var result = await connection.Output.FlushAsync(Token);

        Assert.True(result.IsCanceled);
        Assert.True(result.IsCompleted);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_completed_writer_says_so()
    {
        var (connection, _) = await OpenAsync();
        await using var __ = connection;
        await connection.Output.CompleteAsync();

        Assert.True((await connection.Output.FlushAsync(Token)).IsCompleted);
    }

    [Fact(Timeout = 120_000)]
    public async Task Disposing_says_goodbye_once_and_disposes_the_transport()
    {
        var peer = new ScriptedWebSocketServer();
        var counting = new CountingPipe(peer.ClientSide);
        var connecting = MqttWebSocketConnection.ConnectAsync(counting, Options, Token);
        using var server = await peer.AcceptAsync(Token);
        var connection = await connecting;

        await connection.DisposeAsync();
        await connection.DisposeAsync();

        var message = await server.ReceiveAsync(new byte[16].AsMemory(), Token);
        Assert.Equal(WebSocketMessageType.Close, message.MessageType);
        Assert.Equal(1, counting.Disposals);
    }

    [Fact(Timeout = 120_000)]
    public async Task Disposing_over_a_dead_link_is_quiet()
    {
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options, Token);
        using var server = await peer.AcceptAsync(Token);
        var connection = await connecting;
        await peer.ServerSide.Input.CompleteAsync();

        await connection.DisposeAsync();

        Assert.True((await peer.ServerSide.Output.FlushAsync(Token)).IsCompleted);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_transport_whose_read_is_cancelled_ends_the_websocket()
    {
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options, Token);
        using var server = await peer.AcceptAsync(Token);
        await using var connection = await connecting;

        peer.ClientSide.Input.CancelPendingRead();

        await Assert.ThrowsAnyAsync<IOException>(async () => await connection.Input.ReadAsync(Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_closes_instead_of_answering_is_typed()
    {
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options, Token);
        await peer.ReadKeyAsync(Token);
        await peer.ServerSide.Output.CompleteAsync();

        var error = await Assert.ThrowsAsync<MqttWebSocketUpgradeException>(() => connecting);

        Assert.Equal(MqttWebSocketUpgradeError.Closed, error.Error);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_says_nothing_runs_into_the_time_limit()
    {
        var clock = new FakeTimeProvider();
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options with { TimeProvider = clock }, Token);
        await peer.ReadKeyAsync(Token);

        clock.Advance(TimeSpan.FromSeconds(61));

        var error = await Assert.ThrowsAsync<MqttWebSocketUpgradeException>(() => connecting);
        Assert.Equal(MqttWebSocketUpgradeError.Timeout, error.Error);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_trickles_its_agreement_runs_into_the_time_limit_too()
    {
        var clock = new ManualTimeProvider();
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options with { TimeProvider = clock }, Token);
        var agreement = ScriptedWebSocketServer.Agreement(await peer.ReadKeyAsync(Token));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var trickling = peer.PlayAsync(new PeerScript(clock).Trickle(agreement, TimeSpan.FromSeconds(7)), over.Token);

        for (var octets = 0; octets < 8; octets++)
        {
            await clock.PassAsync(TimeSpan.FromSeconds(7), Token);
        }

        await clock.PassAsync(TimeSpan.FromSeconds(60 - (8 * 7)), Token);

        var error = await Assert.ThrowsAsync<MqttWebSocketUpgradeException>(() => connecting);
        Assert.Equal(MqttWebSocketUpgradeError.Timeout, error.Error);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trickling);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_callers_own_cancellation_is_no_timeout()
    {
        using var impatient = new CancellationTokenSource();
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options, impatient.Token);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    private static async Task<(MqttWebSocketConnection Connection, WebSocket Server)> OpenAsync()
    {
        var peer = new ScriptedWebSocketServer();
        var connecting = MqttWebSocketConnection.ConnectAsync(peer.ClientSide, Options, Token);
        var server = await peer.AcceptAsync(Token);
        return (await connecting, server);
    }

    private static async Task<byte[]> ReadAsync(MqttWebSocketConnection pipe, int count)
    {
        var result = await pipe.Input.ReadAtLeastAsync(count, Token);
        var bytes = result.Buffer.ToArray();
        pipe.Input.AdvanceTo(result.Buffer.End);
        return bytes;
    }
}
