using Sim800.Modem;
using Sim800.Mqtt.Composition;
using Sim800.Tls;
using TestKit;

namespace Sim800.Mqtt.Tests.Composition;

public sealed class ObservedFailureTests
{
    [Theory]
    [InlineData(MqttConnectReturnCode.ServerUnavailable, MqttFailureClass.Transient)]
    [InlineData(MqttConnectReturnCode.BadUserNameOrPassword, MqttFailureClass.Persistent)]
    [InlineData(MqttConnectReturnCode.NotAuthorized, MqttFailureClass.Persistent)]
    [InlineData(MqttConnectReturnCode.IdentifierRejected, MqttFailureClass.Persistent)]
    public void A_refused_connect_needs_a_hand_unless_the_server_is_just_not_available(MqttConnectReturnCode code, MqttFailureClass expected) =>
        Assert.Equal(expected, ClassOf(new MqttConnectRefusedException(code)));

    [Theory]
    [InlineData(MqttEndpointMismatch.Silent, MqttFailureClass.Transient)]
    [InlineData(MqttEndpointMismatch.ClosedWithoutAnswer, MqttFailureClass.Transient)]
    [InlineData(MqttEndpointMismatch.WantsTls, MqttFailureClass.Persistent)]
    [InlineData(MqttEndpointMismatch.WantsWebSocket, MqttFailureClass.Persistent)]
    public void A_server_that_speaks_something_else_needs_a_hand_and_a_silent_one_does_not(MqttEndpointMismatch mismatch, MqttFailureClass expected) =>
        Assert.Equal(expected, ClassOf(new MqttEndpointException(mismatch, "w", MqttRemedy.CheckAccount)));

    [Theory]
    [InlineData(MqttWebSocketUpgradeError.Closed, null, MqttFailureClass.Transient)]
    [InlineData(MqttWebSocketUpgradeError.Timeout, null, MqttFailureClass.Transient)]
    [InlineData(MqttWebSocketUpgradeError.Refused, 503, MqttFailureClass.Transient)]
    [InlineData(MqttWebSocketUpgradeError.Refused, 404, MqttFailureClass.Persistent)]
    [InlineData(MqttWebSocketUpgradeError.WrongAccept, null, MqttFailureClass.Persistent)]
    public void A_refused_websocket_needs_a_hand_unless_the_server_is_out_of_order(MqttWebSocketUpgradeError error, int? status, MqttFailureClass expected) =>
        Assert.Equal(expected, ClassOf(new MqttWebSocketUpgradeException(error, "w", MqttRemedy.CheckForCache, status)));

    [Fact]
    public void A_lost_link_passes_by_itself()
    {
        Assert.Equal(MqttFailureClass.Transient, ClassOf(MqttLinkException.ClosedByPeer()));
        Assert.Equal(MqttFailureClass.Transient, ClassOf(MqttLinkException.KeepAliveExpired(TimeSpan.FromSeconds(1))));
        Assert.Equal(MqttFailureClass.Transient, ClassOf(new MqttWebSocketProtocolException("w", MqttRemedy.ConnectAgain)));
        Assert.Equal(MqttFailureClass.Transient, ClassOf(new IOException("some transport")));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(TlsAlert.BadRecordMac, true)]
    [InlineData(TlsAlert.DecodeError, true)]
    [InlineData(TlsAlert.RecordOverflow, true)]
    [InlineData(TlsAlert.HandshakeFailure, false)]
    [InlineData(TlsAlert.InternalError, false)]
    public async Task An_alert_over_bytes_that_nobody_sent_tells_of_damage(TlsAlert alert, bool isDamage)
    {
        var failure = await Assert.ThrowsAsync<TlsAlertException>(() => ShakeHandsAsync([0x15, 3, 3, 0, 2, 2, (byte)alert]));

        Assert.Equal(isDamage, ObservedFailure.IsDamage(MqttLinkException.TransportFailed(failure)));
    }

    [Fact]
    public async Task Records_and_packets_that_nobody_sends_tell_of_damage()
    {
        Assert.True(ObservedFailure.IsDamage(await Assert.ThrowsAsync<TlsProtocolException>(() => ShakeHandsAsync([0x99, 3, 3, 0, 2, 2, 40]))));
        Assert.True(ObservedFailure.IsDamage(new MqttProtocolException(MqttProtocolError.UnexpectedPacket)));
        Assert.False(ObservedFailure.IsDamage(MqttLinkException.ClosedByPeer()));
        Assert.False(ObservedFailure.IsDamage(new MqttConnectRefusedException(MqttConnectReturnCode.NotAuthorized)));
        Assert.False(ObservedFailure.IsDamage(null));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(TlsAlert.HandshakeFailure, MqttFailureClass.Persistent)]
    [InlineData(TlsAlert.ProtocolVersion, MqttFailureClass.Persistent)]
    [InlineData(TlsAlert.UnrecognizedName, MqttFailureClass.Persistent)]
    [InlineData(TlsAlert.CertificateRequired, MqttFailureClass.Persistent)]
    [InlineData(TlsAlert.BadRecordMac, MqttFailureClass.Transient)]
    [InlineData(TlsAlert.InternalError, MqttFailureClass.Transient)]
    [InlineData(TlsAlert.DecodeError, MqttFailureClass.Transient)]
    public async Task An_alert_needs_a_hand_unless_it_is_of_the_moment(TlsAlert alert, MqttFailureClass expected)
    {
        var failure = await Assert.ThrowsAsync<TlsAlertException>(() => ShakeHandsAsync([0x15, 3, 3, 0, 2, 2, (byte)alert]));

        Assert.Equal(alert, failure.Alert);
        Assert.Equal(expected, ClassOf(failure));
        Assert.Equal(expected, ClassOf(MqttLinkException.TransportFailed(failure)));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_no_tls_needs_a_hand()
    {
        var failure = await Assert.ThrowsAsync<TlsProtocolException>(() => ShakeHandsAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray()));

        Assert.Equal(TlsViolation.NotTls, failure.Violation);
        Assert.Equal(MqttFailureClass.Persistent, ClassOf(failure));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_tls_server_that_hangs_up_may_do_better_the_next_time() =>
        Assert.Equal(MqttFailureClass.Transient, ClassOf(await Assert.ThrowsAsync<TlsClosedException>(() => ShakeHandsAsync([]))));

    [Fact]
    public void A_breach_of_the_protocol_and_a_store_that_fails_may_pass_until_they_come_again_and_again()
    {
        Assert.Equal(ModemFailureNature.Doubtful, ObservedFailure.Of(new MqttProtocolException(MqttProtocolError.UnexpectedAcknowledgement)).Nature);
        Assert.Equal(ModemFailureNature.Doubtful, ObservedFailure.Of(MqttLinkException.StoreFailed(new IOException("The disk is full."))).Nature);
    }

    [Fact]
    public void Each_failure_belongs_to_its_layer()
    {
        Assert.Equal(Sim800Stage.Mqtt, ObservedFailure.Of(MqttLinkException.ClosedByPeer()).Layer);
        Assert.Equal(Sim800Stage.Mqtt, ObservedFailure.Of(new MqttConnectRefusedException(MqttConnectReturnCode.NotAuthorized)).Layer);
        Assert.Equal(Sim800Stage.WebSocket, ObservedFailure.Of(new MqttWebSocketUpgradeException(MqttWebSocketUpgradeError.Refused, "w", MqttRemedy.CheckForCache, 404)).Layer);
        Assert.Equal(Sim800Stage.Tcp, ObservedFailure.Of(new IOException("some transport")).Layer);
    }

    [Fact]
    public void The_reason_inside_decides()
    {
        var refused = new MqttConnectRefusedException(MqttConnectReturnCode.NotAuthorized);

        Assert.Equal(MqttFailureClass.Persistent, ClassOf(new MqttClosedException(refused)));
        Assert.Equal(MqttFailureClass.Transient, ClassOf(new MqttClosedException(reason: null)));
        Assert.Equal(MqttFailureClass.Persistent, ClassOf(MqttLinkException.TransportFailed(refused)));
        Assert.Equal(MqttFailureClass.Fatal, ClassOf(MqttLinkException.TransportFailed(new InvalidOperationException())));
    }

    [Fact]
    public void A_mistake_of_the_program_is_not_tried_again()
    {
        Assert.Equal(MqttFailureClass.Fatal, ClassOf(new InvalidOperationException("x")));
        Assert.Equal(MqttFailureClass.Fatal, ClassOf(new ObjectDisposedException("x")));
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_a_dead_line()
    {
        var failure = await Assert.ThrowsAsync<SerialPortException>(
            () => CellularModem.OpenAsync("/dev/no-such-device", cancellationToken: TestContext.Current.CancellationToken));

        Assert.True(ObservedFailure.IsLineDead(failure));
        Assert.True(ObservedFailure.IsLineDead(MqttLinkException.TransportFailed(failure)));
        Assert.False(ObservedFailure.IsLineDead(MqttLinkException.ClosedByPeer()));
        Assert.False(ObservedFailure.IsLineDead(null));
    }

    private static MqttFailureClass ClassOf(Exception failure) => ObservedFailure.ClassOf(ObservedFailure.Of(failure).Nature);

    /// <summary>A server that answers the ClientHello with these bytes and closes.</summary>
    private static async Task ShakeHandsAsync(byte[] answer)
    {
        var pair = new DuplexPipePair();
        await pair.Right.Output.WriteAsync(answer, TestContext.Current.CancellationToken);
        await pair.Right.Output.CompleteAsync();
        await TlsConnection.ConnectAsync(pair.Left, new TlsClientOptions { ServerName = "h" }, TestContext.Current.CancellationToken);
    }
}
