using Sim800.Modem;
using Sim800.Tls;

namespace Sim800.Mqtt.Composition;

/// <summary>Which failures pass by themselves. Pure.</summary>
internal static class FailureClassifier
{
    internal static MqttFailureClass Of(Exception failure) => failure switch
    {
        MqttException mqtt => OfMqtt(mqtt),
        SimException { Reason: SimReason.PinRefused or SimReason.PukRequired or SimReason.OtherCodeRequired } => MqttFailureClass.Fatal,
        ModemException modem => modem.IsTransient ? MqttFailureClass.Transient : MqttFailureClass.Persistent,
        TlsException tls => tls.IsTransient ? MqttFailureClass.Transient : MqttFailureClass.Persistent,
        IOException => MqttFailureClass.Transient,
        _ => MqttFailureClass.Fatal,
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

    private static MqttFailureClass OfMqtt(MqttException failure) => failure switch
    {
        MqttConnectRefusedException refused => refused.ReturnCode is MqttConnectReturnCode.ServerUnavailable
            ? MqttFailureClass.Transient
            : MqttFailureClass.Persistent,
        MqttEndpointException endpoint => endpoint.Mismatch is MqttEndpointMismatch.Silent or MqttEndpointMismatch.ClosedWithoutAnswer
            ? MqttFailureClass.Transient
            : MqttFailureClass.Persistent,
        MqttWebSocketUpgradeException { Error: MqttWebSocketUpgradeError.Closed or MqttWebSocketUpgradeError.Timeout } => MqttFailureClass.Transient,
        MqttWebSocketUpgradeException { StatusCode: >= 500 } => MqttFailureClass.Transient,
        MqttWebSocketUpgradeException or MqttProtocolException => MqttFailureClass.Persistent,
        MqttLinkException { Failure: MqttLinkFailure.TransportFailed, InnerException: { } reason } => Of(reason),
        MqttLinkException { Failure: MqttLinkFailure.StoreFailed } => MqttFailureClass.Persistent,
        MqttClosedException { InnerException: { } reason } => Of(reason),
        _ => MqttFailureClass.Transient,
    };
}
