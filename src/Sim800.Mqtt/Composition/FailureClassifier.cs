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
        TlsException tls => tls.IsTransient ? FailureClass.Transient : FailureClass.Persistent,
        IOException => FailureClass.Transient,
        _ => FailureClass.Fatal,
    };

    /// <summary>
    /// Whether the line to the modem is dead, so that only opening it again can help. A modem that is silent is not: it knows what it has
    /// tried, and climbs its recovery ladder.
    /// </summary>
    internal static bool IsLineDead(Exception? failure)
    {
        for (var reason = failure; reason is not null; reason = reason.InnerException)
        {
            if (reason is ModemClosedException or SerialPortException or TcpLinkException { Reason: TcpLinkReason.LineClosed })
            {
                return true;
            }
        }

        return false;
    }

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
        MqttLinkException { Failure: MqttLinkFailure.TransportFailed, InnerException: { } reason } => Of(reason),
        MqttLinkException { Failure: MqttLinkFailure.StoreFailed } => FailureClass.Persistent,
        MqttClosedException { InnerException: { } reason } => Of(reason),
        _ => FailureClass.Transient,
    };
}
