using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Tests.Conformance;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

public sealed class MqttClientConnectTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-3.1.0-1")]
    [Statement("MQTT-3.1.3-2")]
    [Statement("MQTT-3.1.3-4")]
    [Statement("MQTT-3.1.3-10")]
    [Statement("MQTT-3.1.3-11")]
    [Statement("MQTT-7.0.0-2")]
    public async Task The_first_packet_is_connect_and_says_what_the_options_say()
    {
        var peer = new Peer();
        var connecting = MqttClient.ConnectAsync(
            peer.Transport,
            new MqttClientOptions
            {
                ClientId = "Gerät-7",
                CleanSession = false,
                KeepAlive = TimeSpan.FromSeconds(90),
                Will = new MqttMessage("wörld/will", "gone", MqttQoS.AtLeastOnce, retain: true),
                Credentials = new MqttCredentials("jürgen", "geheim"),
            },
            Ct);
        var connect = await peer.AcceptAsync();
        Assert.Equal(("Gerät-7", false, (ushort)90), (connect.ClientId, connect.CleanSession, connect.KeepAlive));
        Assert.Equal(new MqttMessage("wörld/will", "gone", MqttQoS.AtLeastOnce, retain: true), connect.Will);
        Assert.Equal("jürgen", connect.Credentials!.UserName);
        Assert.Equal("geheim"u8.ToArray(), connect.Credentials.Password!.Value.ToArray());
        await using var client = await connecting;
        Assert.Equal(MqttSessionResumption.New, client.Resumption);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttConnectReturnCode.UnacceptableProtocolVersion)]
    [InlineData(MqttConnectReturnCode.IdentifierRejected)]
    [InlineData(MqttConnectReturnCode.ServerUnavailable)]
    [InlineData(MqttConnectReturnCode.BadUserNameOrPassword)]
    [InlineData(MqttConnectReturnCode.NotAuthorized)]
    public async Task A_refusal_says_which_and_what_to_do(MqttConnectReturnCode code)
    {
        var peer = new Peer();
        var connecting = MqttClient.ConnectAsync(peer.Transport, new MqttClientOptions { ClientId = "c" }, Ct);
        await peer.ExpectAsync(PacketType.Connect);
        await peer.SendAsync(new ConnAckPacket(SessionPresent: false, code).Write);
        var e = await Assert.ThrowsAsync<MqttConnectRefusedException>(() => connecting);
        Assert.Equal(code, e.ReturnCode);
        Assert.Contains($"return code {(int)code}", e.Message, StringComparison.Ordinal);
        Assert.NotEmpty(e.RemedyText);
        Assert.Null(await peer.TryReadAsync());
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-3.2.0-1")]
    public async Task Anything_before_connack_ends_the_connection()
    {
        var peer = new Peer();
        var connecting = MqttClient.ConnectAsync(peer.Transport, new MqttClientOptions { ClientId = "c" }, Ct);
        await peer.ExpectAsync(PacketType.Connect);
        await peer.PublishAsync("a", "b");
        var e = await Assert.ThrowsAsync<MqttProtocolException>(() => connecting);
        Assert.Equal(MqttProtocolError.ConnAckExpected, e.Error);
        Assert.Null(await peer.TryReadAsync());
    }

    [Theory(Timeout = 120_000)]
    [InlineData("20 02 02 00", MqttProtocolError.InvalidConnectFlags)]
    [InlineData("20 02 00 06", MqttProtocolError.InvalidReturnCode)]
    [InlineData("20 03 00 00 00", MqttProtocolError.TrailingBytes)]
    [InlineData("20 00", MqttProtocolError.TruncatedBody)]
    public async Task A_CONNACK_that_contradicts_itself_ends_the_connection(string hex, MqttProtocolError error)
    {
        var peer = new Peer();
        var connecting = MqttClient.ConnectAsync(peer.Transport, new MqttClientOptions { ClientId = "c", CleanSession = false }, Ct);
        await peer.ExpectAsync(PacketType.Connect);
        await peer.SendAsync(Wire.Parse(hex));
        Assert.Equal(error, (await Assert.ThrowsAsync<MqttProtocolException>(() => connecting)).Error);
        Assert.Null(await peer.TryReadAsync());
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-3.2.2-1")]
    public async Task A_session_where_a_clean_one_was_asked_for_is_warned_of_and_taken_for_clean()
    {
        var log = new LogLines();
        var (client, peer) = await Peer.ConnectAsync(new MqttClientOptions { ClientId = "c", LoggerFactory = log }, sessionPresent: true);
        Assert.Equal(MqttSessionResumption.New, client.Resumption);
        Assert.Single(log.Of(3013));
        await client.PublishAsync("a", "b", cancellationToken: Ct);
        Assert.Equal("a", (await peer.ExpectPublishAsync()).Topic);
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("20 02 01 01", MqttConnectReturnCode.UnacceptableProtocolVersion)]
    [InlineData("20 02 01 05", MqttConnectReturnCode.NotAuthorized)]
    [Statement("MQTT-3.2.2-4")]
    public async Task A_refusal_that_claims_a_session_keeps_its_reason(string hex, MqttConnectReturnCode reason)
    {
        var peer = new Peer();
        var connecting = MqttClient.ConnectAsync(peer.Transport, new MqttClientOptions { ClientId = "c", CleanSession = false }, Ct);
        await peer.ExpectAsync(PacketType.Connect);
        await peer.SendAsync(Wire.Parse(hex));
        Assert.Equal(reason, (await Assert.ThrowsAsync<MqttConnectRefusedException>(() => connecting)).ReturnCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_restart_with_a_stored_session_and_nothing_open_warns_of_nothing()
    {
        var log = new LogLines();
        var options = new MqttClientOptions { ClientId = "c", CleanSession = false, LoggerFactory = log };
        var (client, _) = await Peer.ConnectAsync(options, sessionPresent: true);
        Assert.Empty(log.Warnings);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_hangs_up_on_connect_is_told_from_one_that_hangs_up_later()
    {
        var peer = new Peer();
        var connecting = MqttClient.ConnectAsync(peer.Transport, new MqttClientOptions { ClientId = "c" }, Ct);
        await peer.ExpectAsync(PacketType.Connect);
        await peer.CloseAsync();
        Assert.Equal(
            MqttLinkFailure.ClosedBeforeConnAck, (await Assert.ThrowsAsync<MqttLinkException>(() => connecting)).Failure);

        var (client, later) = await Peer.ConnectAsync();
        await later.CloseAsync();
        Assert.Equal(
            MqttLinkFailure.ClosedByPeer, (await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion)).Failure);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_does_not_answer_connect_is_given_up_in_time()
    {
        var clock = new ManualTimeProvider();
        var peer = new Peer();
        var options = new MqttClientOptions { ClientId = "c", TimeProvider = clock, ConnectTimeout = TimeSpan.FromSeconds(20) };
        var connecting = MqttClient.ConnectAsync(peer.Transport, options, Ct);
        await peer.ExpectAsync(PacketType.Connect);
        clock.Advance(TimeSpan.FromSeconds(19.9));
        Assert.False(connecting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        var e = await Assert.ThrowsAsync<MqttLinkException>(() => connecting);
        Assert.Equal(MqttLinkFailure.NoAnswer, e.Failure);
        Assert.Contains("CONNACK", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Cancelling_the_attempt_ends_it_and_the_connection()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var peer = new Peer();
        var connecting = MqttClient.ConnectAsync(peer.Transport, new MqttClientOptions { ClientId = "c" }, cancellation.Token);
        await peer.ExpectAsync(PacketType.Connect);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Null(await peer.TryReadAsync());
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-3.14.4-1")]
    [Statement("MQTT-3.14.4-2")]
    public async Task Disconnect_is_the_last_packet_and_closes_the_connection()
    {
        var (client, peer) = await Peer.ConnectAsync();
        for (var message = 0; message < 50; message++)
        {
            await client.PublishAsync("a", new byte[100], cancellationToken: Ct);
        }

        var disconnecting = Task.WhenAll(client.DisconnectAsync(Ct), client.DisconnectAsync(Ct));
        await Assert.ThrowsAsync<MqttClosedException>(async () => await client.PublishAsync("late", "x"u8.ToArray(), cancellationToken: Ct));
        for (var message = 0; message < 50; message++)
        {
            Assert.Equal("a", (await peer.ExpectPublishAsync()).Topic);
        }

        Assert.Equal(PacketType.Disconnect, (await peer.ReadAsync()).Type);
        Assert.Null(await peer.TryReadAsync());
        await disconnecting;
        await client.Completion;
        await client.DisconnectAsync(Ct);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Disposing_says_disconnect()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await client.DisposeAsync();
        Assert.Equal(PacketType.Disconnect, (await peer.ReadAsync()).Type);
        Assert.Null(await peer.TryReadAsync());
        await client.Completion;
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Disposing_does_not_wait_for_a_transport_that_hangs()
    {
        var clock = new ManualTimeProvider();
        var stuck = new StuckLine();
        var client = await stuck.ConnectAsync(new MqttClientOptions { ClientId = "c", TimeProvider = clock });
        stuck.IsStuck = true;
        await client.PublishAsync("a", new byte[10], cancellationToken: Ct);
        var disposing = client.DisposeAsync().AsTask();
        while (!disposing.IsCompleted)
        {
            clock.AdvanceToNextTimer();
            await Task.Yield();
        }

        await disposing;
        Assert.True(client.Completion.IsCompleted);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_failure_of_the_transport_is_the_one_reason_that_everybody_gets()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var publishing = client.PublishAsync("a", "b"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        await peer.ExpectPublishAsync();
        var reason = new IOException("The modem was unplugged.");
        await peer.CloseAsync(reason);
        var e = await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);
        Assert.Equal(MqttLinkFailure.TransportFailed, e.Failure);
        Assert.Same(reason, e.InnerException);
        var closed = await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
        Assert.Same(e, closed.InnerException);
        Assert.Equal(
            "The MQTT connection has ended: The link below MQTT failed: The modem was unplugged. Connect again.", closed.Message);
        var later = await Assert.ThrowsAsync<MqttClosedException>(() => client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Ct));
        Assert.Same(e, later.InnerException);
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("C0 00", MqttProtocolError.UnexpectedPacket)]
    [InlineData("20 02 00 00", MqttProtocolError.UnexpectedPacket)]
    [InlineData("82 06 00 01 00 01 61 00", MqttProtocolError.UnexpectedPacket)]
    [InlineData("E0 00", MqttProtocolError.UnexpectedPacket)]
    [InlineData("60 02 00 01", MqttProtocolError.InvalidFlags)]
    [InlineData("30 03 00 01 FF", MqttProtocolError.InvalidUtf8)]
    [InlineData("30 05 00 03 ED A0 80", MqttProtocolError.InvalidUtf8)] // U+D800
    [InlineData("30 05 00 03 61 00 62", MqttProtocolError.InvalidUtf8)] // U+0000
    [InlineData("36 05 00 01 61 00 01", MqttProtocolError.InvalidQoS)]
    [InlineData("38 03 00 01 61", MqttProtocolError.DuplicateFlagOnQoS0)]
    [InlineData("30 03 00 01 23", MqttProtocolError.InvalidTopic)]
    [InlineData("30 02 00 00", MqttProtocolError.InvalidTopic)]
    [InlineData("32 05 00 01 61 00 00", MqttProtocolError.InvalidPacketId)]
    [InlineData("90 03 00 01 03", MqttProtocolError.InvalidReturnCode)]
    [InlineData("D0 01 00", MqttProtocolError.TrailingBytes)]
    [InlineData("30 FF FF FF 7F", MqttProtocolError.PacketTooLarge)]
    [InlineData("30 FF FF FF FF 01", MqttProtocolError.RemainingLengthTooLong)]
    [Statement("MQTT-4.8.0-1")]
    [Statement("MQTT-2.2.2-2")]
    [Statement("MQTT-1.5.3-1")]
    [Statement("MQTT-1.5.3-2")]
    [Statement("MQTT-3.3.1-4")]
    [Statement("MQTT-3.9.3-2")]
    public async Task A_breach_of_the_protocol_closes_the_connection(string hex, MqttProtocolError error)
    {
        var (client, peer) = await Peer.ConnectAsync();
        await peer.SendAsync(Wire.Parse(hex));
        Assert.Equal(error, (await Assert.ThrowsAsync<MqttProtocolException>(() => client.Completion)).Error);
        Assert.Null(await peer.TryReadAsync());
        await client.DisposeAsync();
    }

    [Fact]
    [Statement("MQTT-3.1.3-7")]
    public void An_empty_client_id_needs_a_clean_session()
    {
        Assert.Throws<ArgumentException>(() => new MqttClientOptions { CleanSession = false }.Validate());
        new MqttClientOptions { CleanSession = true }.Validate();
    }
}
