namespace Sim800.Mqtt;

/// <summary>The connection cannot go on: the link below MQTT ended or fell silent, or something on this side failed.</summary>
public sealed class MqttLinkException : MqttException
{
    internal MqttLinkException(MqttLinkFailure failure, string message, string remedy, Exception? inner = null)
        : base(message, remedy, inner) => Failure = failure;

    /// <summary>How the link failed.</summary>
    public MqttLinkFailure Failure { get; }

    internal static MqttLinkException ClosedByPeer() => new(
        MqttLinkFailure.ClosedByPeer,
        "The server closed the connection.",
        "Look into the server's log; a second client with the same client id is the usual cause.");

    internal static MqttLinkException ClosedBeforeConnAck() => new(
        MqttLinkFailure.ClosedBeforeConnAck,
        "The server closed the connection right after CONNECT.",
        "Check that the port expects plain MQTT over what this client speaks (TLS or not) and that the client id and credentials are accepted.");

    internal static MqttLinkException KeepAliveExpired(TimeSpan silence) => new(
        MqttLinkFailure.KeepAliveExpired,
        $"Nothing came from the server for {silence.TotalSeconds:0} s and it did not answer PINGREQ.",
        "Connect again; if it recurs, check the coverage or choose a longer keep-alive.");

    internal static MqttLinkException NoAnswer(string packet, TimeSpan timeout) => new(
        MqttLinkFailure.NoAnswer,
        $"The server did not send {packet} within {timeout.TotalSeconds:0} s.",
        "Check that the server speaks MQTT on this port, or allow more time on a slow link.");

    internal static MqttLinkException Stalled(TimeSpan timeout) => new(
        MqttLinkFailure.Stalled,
        $"The link has taken no byte for {timeout.TotalSeconds:0} s.",
        "Connect again; if it recurs, check the coverage.");

    internal static MqttLinkException TransportFailed(Exception reason) => new(
        MqttLinkFailure.TransportFailed, $"The link below MQTT failed: {reason.Message}", "Connect again.", reason);

    internal static MqttLinkException StoreFailed(Exception reason) => new(
        MqttLinkFailure.StoreFailed,
        $"The session store failed: {reason.Message}",
        "Check the disk and the rights of the store's file, then connect again.",
        reason);

    internal static MqttLinkException PayloadStreamFailed(Exception reason) => new(
        MqttLinkFailure.PayloadStreamFailed,
        $"A payload stream failed in the middle of its packet: {reason.Message}",
        "Connect again; publish from memory what may fail to be read.",
        reason);
}
