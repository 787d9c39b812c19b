namespace Sim800.Mqtt;

/// <summary>How the link below an MQTT connection can fail.</summary>
public enum MqttLinkFailure
{
    /// <summary>The server closed the connection.</summary>
    ClosedByPeer,

    /// <summary>The server closed the connection instead of answering CONNECT.</summary>
    ClosedBeforeConnAck,

    /// <summary>Nothing was received for one and a half times the keep-alive.</summary>
    KeepAliveExpired,

    /// <summary>An answer the server owes did not come in time.</summary>
    NoAnswer,

    /// <summary>The transport took no byte for the time that an answer may take.</summary>
    Stalled,

    /// <summary>The transport reported an error of its own, found in the inner exception.</summary>
    TransportFailed,

    /// <summary>The session store failed; its exception is the inner one.</summary>
    StoreFailed,

    /// <summary>A payload stream of the application failed or ended early in the middle of a packet.</summary>
    PayloadStreamFailed,
}
