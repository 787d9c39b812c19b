namespace Sim800.Mqtt;

/// <summary>
/// What to do about a failed MQTT connection. <see cref="MqttException.RemedyText"/> is the same as a sentence in the terms of this library;
/// an application whose user knows the settings by other names has a sentence of its own for those.
/// </summary>
public enum MqttRemedy
{
    /// <summary>What the inner exception advises, which is a failure of a lower layer.</summary>
    OfCause,

    /// <summary>Connect again.</summary>
    ConnectAgain,

    /// <summary>Connect again; check the coverage if it recurs.</summary>
    ConnectAgainOrCheckCoverage,

    /// <summary>Connect again; check the coverage or lengthen <see cref="MqttClientOptions.KeepAlive"/> if it recurs.</summary>
    LengthenKeepAlive,

    /// <summary>Check that the port speaks MQTT, or allow more time.</summary>
    AllowMoreTime,

    /// <summary>See the server's log; look for a second client with the same client id.</summary>
    FindSecondClient,

    /// <summary>Check what the port expects, the client id and the credentials.</summary>
    CheckPortAndCredentials,

    /// <summary>Check the disk and the rights of the store's file, then connect again.</summary>
    CheckStore,

    /// <summary>Connect again; publish from memory what may fail to be read.</summary>
    PublishFromMemory,

    /// <summary>Publish less, or give the store more room.</summary>
    PublishLess,

    /// <summary>Check the side that answers, or allow more time.</summary>
    CheckResponder,

    /// <summary>Try again later.</summary>
    TryLater,

    /// <summary>Enable MQTT 3.1.1 on the server.</summary>
    EnableMqtt311,

    /// <summary>Choose another client id.</summary>
    ChooseClientId,

    /// <summary>Check the credentials.</summary>
    CheckCredentials,

    /// <summary>Check the credentials, and that user and client id may connect.</summary>
    CheckAuthorization,

    /// <summary>Check the account, and that no other client has the same client id.</summary>
    CheckAccount,

    /// <summary>Check that the user may read the topic, and that the server allows the filter.</summary>
    CheckTopicRights,

    /// <summary>Raise <see cref="MqttClientOptions.MaxPacketSize"/>.</summary>
    RaiseMaxPacketSize,

    /// <summary>Publish with QoS 1, or update the server.</summary>
    UseAtLeastOnce,

    /// <summary>Check that the server speaks MQTT 3.1.1 and is up to date.</summary>
    UpdateServer,

    /// <summary>Switch TLS on.</summary>
    SwitchTlsOn,

    /// <summary>Switch TLS off.</summary>
    SwitchTlsOff,

    /// <summary>Use the port for TLS, or switch TLS off.</summary>
    SwitchTlsOffOrChangePort,

    /// <summary>Switch TLS on if the port speaks it; check the account.</summary>
    SwitchTlsOnOrCheckAccount,

    /// <summary>Use the port for MQTT over TLS.</summary>
    UseTlsPort,

    /// <summary>Use the port for MQTT over TLS, or switch WebSocket on.</summary>
    UseTlsPortOrWebSocket,

    /// <summary>Use the port for MQTT over TLS, or switch TLS and WebSocket on.</summary>
    UseTlsPortOrSecureWebSocket,

    /// <summary>Use the port for MQTT over TLS, or switch WebSocket on and TLS off.</summary>
    UseTlsPortOrPlainWebSocket,

    /// <summary>Switch MQTT over WebSocket off.</summary>
    SwitchWebSocketOff,

    /// <summary>Switch MQTT over WebSocket off and TLS on.</summary>
    SwitchWebSocketOffAndTlsOn,

    /// <summary>Check host and port, or switch WebSocket on if that is what the port serves.</summary>
    SwitchWebSocketOnIfServed,

    /// <summary>Check that the port speaks MQTT, with or without TLS as configured.</summary>
    CheckPortAndTls,

    /// <summary>Check host and port.</summary>
    CheckHostAndPort,

    /// <summary>Check that the port speaks TLS, and the host name.</summary>
    CheckTlsPortAndName,

    /// <summary>Check the port, and that the link carries data both ways.</summary>
    CheckPortAndLink,

    /// <summary>Check the host name, and for a proxy that answers in its place.</summary>
    CheckForProxy,

    /// <summary>Check host and port: a web server without TLS answers, or a proxy.</summary>
    CheckForWebServer,

    /// <summary>Check that the port is the broker's WebSocket port, and whether it wants TLS.</summary>
    CheckWebSocketPort,

    /// <summary>Check whether the WebSocket port wants TLS.</summary>
    CheckWebSocketTls,

    /// <summary>Check that the port is the broker's WebSocket port, or allow more time.</summary>
    CheckWebSocketTime,

    /// <summary>Give the credentials for the WebSocket request, or use the port for MQTT over TLS.</summary>
    GiveWebSocketCredentials,

    /// <summary>Correct <see cref="Sim800MqttClientOptions.WebSocketPath"/>.</summary>
    CorrectWebSocketPath,

    /// <summary>Check host, port and path of the WebSocket.</summary>
    CheckWebSocketAddress,

    /// <summary>Use another port: this one serves another protocol.</summary>
    UsePortOfWebSocket,

    /// <summary>Connect to the address that the server redirects to.</summary>
    FollowRedirection,

    /// <summary>Try again later: the server is out of order.</summary>
    WaitForServer,

    /// <summary>Check which ports are WebSocket ports.</summary>
    CheckPortOfWebSocket,

    /// <summary>Check host and port: what answers is no MQTT broker.</summary>
    CheckForBroker,

    /// <summary>Check for a proxy that removes header fields.</summary>
    CheckProxyHeaders,

    /// <summary>Check for a cache or proxy that answers in place of the broker.</summary>
    CheckForCache,

    /// <summary>Check for a proxy between modem and broker.</summary>
    CheckWebSocketProxy,

    /// <summary>Check port and path: the WebSocket serves something else.</summary>
    CheckWebSocketService,

    /// <summary>Remove the message from the server, or set <see cref="MqttClientOptions.PassOverInvalidTopics"/>.</summary>
    PassOverInvalidTopics,

    /// <summary>See the server's log: it may allow no message of that size, or no such topic.</summary>
    CheckMessage,

    /// <summary>Publish the message again if it is still needed.</summary>
    PublishAgainIfNeeded,
}
