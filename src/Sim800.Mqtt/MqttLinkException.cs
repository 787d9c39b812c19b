using System.Globalization;
using System.Net.Sockets;
using Sim800.Modem;
using Sim800.Mqtt.Session;
using Sim800.Tls;

namespace Sim800.Mqtt;

/// <summary>The connection cannot go on: the link below MQTT ended or fell silent, or something on this side failed.</summary>
public sealed class MqttLinkException : MqttException
{
    internal MqttLinkException(MqttLinkFailure failure, string message, MqttRemedy remedy, Exception? inner = null)
        : base(message, remedy, inner) => Failure = failure;

    /// <summary>Who has closed the connection, as far as can be told here.</summary>
    internal ConnectionEndCause Cause => this switch
    {
        { Failure: MqttLinkFailure.ClosedByPeer or MqttLinkFailure.ClosedBeforeConnAck } => ConnectionEndCause.Server,
        { Failure: not MqttLinkFailure.TransportFailed } => ConnectionEndCause.Other,
        { InnerException: TlsClosedException { Reason: TlsCloseReason.ByServer } or TcpLinkException { Reason: TcpLinkReason.ClosedByPeer } } => ConnectionEndCause.Server,
        { InnerException: TlsClosedException { Reason: TlsCloseReason.Truncated } } => ConnectionEndCause.PerhapsServer,
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown } } => ConnectionEndCause.Server,
        { InnerException: IOException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown } } } => ConnectionEndCause.Server,
        _ => ConnectionEndCause.Other,
    };

    /// <summary>How the link failed.</summary>
    public MqttLinkFailure Failure { get; }

    internal static MqttLinkException ClosedByPeer() => new(
        MqttLinkFailure.ClosedByPeer,
        "The server closed the connection.",
        MqttRemedy.FindSecondClient);

    /// <summary>Not for the first time with this message unconfirmed.</summary>
    internal static MqttLinkException ClosedByPeerAt(in MqttMessage message, int connections) => new(
        MqttLinkFailure.ClosedByPeer,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The server closed the connection, {connections} times in a row with the message of {message.Payload.Length} bytes on \"{MqttProtocolException.Shown(message.Topic)}\" unconfirmed."),
        MqttRemedy.CheckMessage);

    internal static MqttLinkException ClosedBeforeConnAck() => new(
        MqttLinkFailure.ClosedBeforeConnAck,
        "The server closed the connection right after CONNECT.",
        MqttRemedy.CheckPortAndCredentials);

    internal static MqttLinkException KeepAliveExpired(TimeSpan silence) => new(
        MqttLinkFailure.KeepAliveExpired,
        $"Nothing came from the server for {silence.TotalSeconds:0} s and it did not answer PINGREQ.",
        MqttRemedy.LengthenKeepAlive);

    internal static MqttLinkException NoAnswer(string packet, TimeSpan timeout) => new(
        MqttLinkFailure.NoAnswer,
        $"The server did not send {packet} within {timeout.TotalSeconds:0} s.",
        MqttRemedy.AllowMoreTime);

    internal static MqttLinkException Stalled(TimeSpan timeout) => new(
        MqttLinkFailure.Stalled,
        $"The link has taken no byte for {timeout.TotalSeconds:0} s.",
        MqttRemedy.ConnectAgainOrCheckCoverage);

    internal static MqttLinkException TransportFailed(Exception reason) => new(
        MqttLinkFailure.TransportFailed, $"The link below MQTT failed: {HappenedOf(reason)}", RemedyOf(reason), reason);

    internal static MqttLinkException StoreFailed(Exception reason) => new(
        MqttLinkFailure.StoreFailed,
        $"The session store failed: {reason.Message}",
        MqttRemedy.CheckStore,
        reason);

    internal static MqttLinkException PayloadStreamFailed(Exception reason) => new(
        MqttLinkFailure.PayloadStreamFailed,
        $"A payload stream failed in the middle of its packet: {reason.Message}",
        MqttRemedy.PublishFromMemory,
        reason);
}
