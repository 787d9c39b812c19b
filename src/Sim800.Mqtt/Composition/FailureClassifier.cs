using Sim800.Modem;
using Sim800.Tls;

namespace Sim800.Mqtt.Composition;

/// <summary>Which failures pass by themselves. Pure.</summary>
internal static class FailureClassifier
{
    internal static FailureClass Of(Exception failure) => failure switch
    {
        MqttException mqtt => OfMqtt(mqtt),
        SimException { Reason: SimReason.PinRefused or SimReason.PukRequired or SimReason.OtherCodeRequired } => FailureClass.Fatal,
        ModemException modem => modem.IsTransient ? FailureClass.Transient : FailureClass.Persistent,
        TlsException tls => OfTls(tls),
        IOException => FailureClass.Transient,
        _ => FailureClass.Fatal,
    };

    /// <summary>Whether the line to the modem is dead, so that only opening it again can help.</summary>
    internal static bool IsLineDead(Exception? failure)
    {
        for (var reason = failure; reason is not null; reason = reason.InnerException)
        {
            if (reason is ModemClosedException or SerialPortException or AtTimeoutException
                or TcpLinkException { Reason: TcpLinkReason.LineClosed })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a server cannot do in one handshake it cannot in the next; bytes that were changed on the way do not come again.</summary>
    internal static FailureClass OfViolation(TlsViolation violation) => violation switch
    {
        TlsViolation.NotTls
            or TlsViolation.HandshakeTooLong
            or TlsViolation.IllegalParameter
            or TlsViolation.BadSignature
            or TlsViolation.UnsupportedVersion
            or TlsViolation.NoCommonParameters
            or TlsViolation.NoExtendedMasterSecret
            or TlsViolation.NoSecureRenegotiation => FailureClass.Persistent,
        _ => FailureClass.Transient,
    };

    /// <summary>What a server says against us in a handshake it says again, unless it speaks of the moment.</summary>
    internal static FailureClass OfAlert(TlsAlert alert) => alert switch
    {
        TlsAlert.CloseNotify
            or TlsAlert.UnexpectedMessage
            or TlsAlert.RecordOverflow
            or TlsAlert.DecodeError
            or TlsAlert.InternalError
            or TlsAlert.UserCanceled
            or TlsAlert.NoRenegotiation => FailureClass.Transient,
        _ => FailureClass.Persistent,
    };

    private static FailureClass OfMqtt(MqttException failure) => failure switch
    {
        MqttConnectRefusedException refused => refused.ReturnCode is MqttConnectReturnCode.ServerUnavailable
            ? FailureClass.Transient
            : FailureClass.Persistent,
        MqttEndpointException endpoint => endpoint.Mismatch is EndpointMismatch.Silent or EndpointMismatch.ClosedWithoutAnswer
            ? FailureClass.Transient
            : FailureClass.Persistent,
        WebSocketUpgradeException { Error: WebSocketUpgradeError.Closed or WebSocketUpgradeError.Timeout } => FailureClass.Transient,
        WebSocketUpgradeException { StatusCode: >= 500 } => FailureClass.Transient,
        WebSocketUpgradeException or MqttProtocolException => FailureClass.Persistent,
        MqttLinkException { Failure: MqttLinkFailure.TransportFailed, InnerException: { } reason } => OfLink(reason),
        MqttLinkException { Failure: MqttLinkFailure.StoreFailed } => FailureClass.Persistent,
        MqttClosedException { InnerException: { } reason } => Of(reason),
        _ => FailureClass.Transient,
    };

    private static FailureClass OfTls(TlsException failure) => failure switch
    {
        TlsTimeoutException or TlsClosedException => FailureClass.Transient,
        TlsProtocolException protocol => OfViolation(protocol.Violation),
        TlsAlertException { Alert: { } alert } => OfAlert(alert),
        _ => FailureClass.Persistent,
    };

    /// <summary>On a connection that had got through its handshake, version, keys and parameters were right.</summary>
    private static FailureClass OfLink(Exception reason) => reason is TlsProtocolException or TlsAlertException { Alert: TlsAlert.BadRecordMac }
        ? FailureClass.Transient
        : Of(reason);
}
