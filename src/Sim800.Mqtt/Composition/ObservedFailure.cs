using Sim800.Modem;
using Sim800.Tls;

namespace Sim800.Mqtt.Composition;

/// <summary>Reads an exception of any layer as what <see cref="ModemRecoveryPolicy"/> wants to know of it. Pure.</summary>
internal static class ObservedFailure
{
    internal static ModemRecoveryFailure Of(Exception failure) => failure switch
    {
        MqttException mqtt => OfMqtt(mqtt),
        ModemException modem => ModemRecoveryFailure.Of(modem),
        TlsException tls => new(Sim800Stage.Tls, tls.IsTransient ? ModemFailureNature.Passing : ModemFailureNature.NeedsMending) { Command = tls.GetType().Name },
        IOException => new(Sim800Stage.Tcp, ModemFailureNature.Passing),
        _ => new(Sim800Stage.Mqtt, ModemFailureNature.Final), // a mistake of the program
    };

    /// <summary>
    /// Whether the line to the modem is dead, so that only opening it again can help. A modem that is silent is not: its turn comes with
    /// the rungs of the ladder.
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

    /// <summary>Whether bytes came to one of both ends that the other has not sent.</summary>
    internal static bool IsDamage(Exception? failure)
    {
        for (var reason = failure; reason is not null; reason = reason.InnerException)
        {
            if (reason is TcpLinkException { Reason: TcpLinkReason.BytesLost } or MqttProtocolException or TlsProtocolException
                or TlsAlertException { Alert: TlsAlert.BadRecordMac or TlsAlert.DecodeError or TlsAlert.DecryptError or TlsAlert.UnexpectedMessage or TlsAlert.RecordOverflow or TlsAlert.IllegalParameter })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The word that applications read in <see cref="MqttClientStatus.Failure"/>.</summary>
    internal static MqttFailureClass ClassOf(ModemFailureNature judged) => judged switch
    {
        ModemFailureNature.Final => MqttFailureClass.Fatal,
        ModemFailureNature.NeedsMending => MqttFailureClass.Persistent,
        _ => MqttFailureClass.Transient,
    };

    private static ModemRecoveryFailure OfMqtt(MqttException failure) => failure switch
    {
        MqttLinkException { Failure: MqttLinkFailure.TransportFailed, InnerException: { } reason } => Of(reason),
        MqttClosedException { InnerException: { } reason } => Of(reason),
        MqttWebSocketUpgradeException upgrade => new(Sim800Stage.WebSocket, NatureOf(upgrade)) { Command = upgrade.Error.ToString() },
        MqttEndpointException endpoint => new(Sim800Stage.Mqtt, NatureOf(endpoint))
        {
            Command = endpoint.Mismatch.ToString(),
            MayBeAddress = endpoint.Mismatch is MqttEndpointMismatch.ClosedWithoutAnswer,
        },
        MqttConnectRefusedException refused => new(Sim800Stage.Mqtt, NatureOf(refused)) { Command = "CONNECT", State = refused.ReturnCode.ToString() },

        // One damaged byte of a connection without TLS, or one full disk that is emptied, looks like those that stay.
        MqttProtocolException breach => new(Sim800Stage.Mqtt, ModemFailureNature.Doubtful) { State = breach.Error.ToString() },
        MqttLinkException { Failure: MqttLinkFailure.StoreFailed } => new(Sim800Stage.Mqtt, ModemFailureNature.Doubtful) { State = "store" },
        MqttPoisonMessageException poison => new(
            Sim800Stage.Mqtt, poison.IsSetAside ? ModemFailureNature.Passing : ModemFailureNature.Final)
        { Command = "PUBLISH", State = poison.Topic },
        MqttLinkException link => new(Sim800Stage.Mqtt, ModemFailureNature.Passing) { State = link.Failure.ToString() },
        _ => new(Sim800Stage.Mqtt, ModemFailureNature.Passing),
    };

    private static ModemFailureNature NatureOf(MqttConnectRefusedException refused) =>
        refused.ReturnCode is MqttConnectReturnCode.ServerUnavailable ? ModemFailureNature.Passing : ModemFailureNature.NeedsMending;

    private static ModemFailureNature NatureOf(MqttEndpointException endpoint) =>
        endpoint.Mismatch is MqttEndpointMismatch.Silent or MqttEndpointMismatch.ClosedWithoutAnswer ? ModemFailureNature.Passing : ModemFailureNature.NeedsMending;

    private static ModemFailureNature NatureOf(MqttWebSocketUpgradeException upgrade) =>
        upgrade is { Error: MqttWebSocketUpgradeError.Closed or MqttWebSocketUpgradeError.Timeout } or { StatusCode: >= 500 }
            ? ModemFailureNature.Passing
            : ModemFailureNature.NeedsMending;
}
