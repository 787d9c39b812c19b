namespace Sim800.Mqtt;

/// <summary>Remedies in words, a sentence each.</summary>
internal static class MqttRemedyText
{
    internal static string Of(MqttRemedy remedy) => OfConnection(remedy) ?? OfServer(remedy) ?? OfPort(remedy) ?? OfWebSocket(remedy)
        ?? throw new ArgumentOutOfRangeException(nameof(remedy), remedy, "There is no text for this remedy.");

    private static string? OfConnection(MqttRemedy remedy) => remedy switch
    {
        MqttRemedy.OfCause => "Connect again.",
        MqttRemedy.ConnectAgain => "Connect again.",
        MqttRemedy.ConnectAgainOrCheckCoverage => "Connect again; if it recurs, check the coverage.",
        MqttRemedy.LengthenKeepAlive => "Connect again; if it recurs, check the coverage or choose a longer keep-alive.",
        MqttRemedy.AllowMoreTime => "Check that the server speaks MQTT on this port, or allow more time on a slow link.",
        MqttRemedy.FindSecondClient => "Look into the server's log; a second client with the same client id is the usual cause.",
        MqttRemedy.CheckPortAndCredentials =>
            "Check that the port expects plain MQTT over what this client speaks (TLS or not) and that the client id and credentials are accepted.",
        MqttRemedy.CheckStore => "Check the disk and the rights of the store's file, then connect again.",
        MqttRemedy.PublishFromMemory => "Connect again; publish from memory what may fail to be read.",
        MqttRemedy.PublishLess => "Publish less, raise the limits of the store, or wait for the link.",
        MqttRemedy.CheckResponder => "Check that the other side is connected and answers on the response topic, or allow more time.",
        MqttRemedy.TryLater => "Try again later.",
        MqttRemedy.CheckMessage => "Look into the server's log: it may allow no message of that size, or not that topic for this user.",
        MqttRemedy.PublishAgainIfNeeded => "Publish it again if it is still needed.",
        _ => null,
    };

    private static string? OfServer(MqttRemedy remedy) => remedy switch
    {
        MqttRemedy.EnableMqtt311 => "Enable MQTT 3.1.1 on the server.",
        MqttRemedy.ChooseClientId =>
            "Choose another client id: 1 to 23 letters and digits are always allowed, and an empty one only with a clean session.",
        MqttRemedy.CheckCredentials => "Check the credentials in the server's access management.",
        MqttRemedy.CheckAuthorization =>
            "Check user name and password, for many servers answer a wrong one, or none, in this way, and that this user and client id may connect.",
        MqttRemedy.CheckAccount => "Check user name and password, that no other client has the same client id, and that the account may connect.",
        MqttRemedy.CheckTopicRights => "Check that this user may read that topic and that the server allows such a filter.",
        MqttRemedy.RaiseMaxPacketSize => "Raise MqttClientOptions.MaxPacketSize if messages of that size are meant to arrive.",
        MqttRemedy.UseAtLeastOnce =>
            "Publish with QoS 1 if the server does not know QoS 2, such as RabbitMQ's MQTT plugin up to version 3; else update the server.",
        MqttRemedy.PassOverInvalidTopics =>
            "Remove that message from the server, where it may be a retained one, or set MqttClientOptions.PassOverInvalidTopics.",
        MqttRemedy.UpdateServer => "Check that the server speaks MQTT 3.1.1 and is up to date.",
        _ => null,
    };

    private static string? OfPort(MqttRemedy remedy) => remedy switch
    {
        MqttRemedy.SwitchTlsOn => "Switch TLS on for this port.",
        MqttRemedy.SwitchTlsOff => "Switch TLS off for this port, if others may read along.",
        MqttRemedy.SwitchTlsOffOrChangePort => "Use the broker's TLS port, 8883 as a rule, or switch TLS off for this port if others may read along.",
        MqttRemedy.SwitchTlsOnOrCheckAccount =>
            "Switch TLS on if the port speaks it: many servers close without a word on who does not. Check user name and password, that no "
            + "other client has the same client id, and that the account may connect.",
        MqttRemedy.UseTlsPort => "Use the broker's port for MQTT over TLS, 8883 as a rule.",
        MqttRemedy.UseTlsPortOrWebSocket => "Use port 8883 with TLS, or switch MQTT over WebSocket on.",
        MqttRemedy.UseTlsPortOrSecureWebSocket => "Use port 8883 with TLS, or switch TLS and MQTT over WebSocket on.",
        MqttRemedy.UseTlsPortOrPlainWebSocket => "Use port 8883 with TLS, or switch MQTT over WebSocket on and TLS off.",
        MqttRemedy.SwitchWebSocketOff => "Switch MQTT over WebSocket off for this port.",
        MqttRemedy.SwitchWebSocketOffAndTlsOn => "Switch MQTT over WebSocket off for this port, and TLS on.",
        MqttRemedy.SwitchWebSocketOnIfServed =>
            "Check host and port (8883 is MQTT over TLS), or switch MQTT over WebSocket on if that is what the port serves.",
        MqttRemedy.CheckPortAndTls => "Check that the port is one where the server speaks MQTT, with or without TLS as configured here.",
        MqttRemedy.CheckHostAndPort => "Check host and port: 8883 is MQTT over TLS, 1883 plain MQTT.",
        MqttRemedy.CheckTlsPortAndName =>
            "Check that the port speaks TLS and that the host name is the one of the server: some close when they do not know the name.",
        MqttRemedy.CheckPortAndLink => "Check that the port is right, and that the link carries data in both directions.",
        MqttRemedy.CheckForProxy => "Check the host name, and for a proxy of the network that answers in its place.",
        MqttRemedy.CheckForWebServer => "Check host and port: what answers is a web server without TLS, or a proxy of the network.",
        _ => null,
    };

    private static string? OfWebSocket(MqttRemedy remedy) => remedy switch
    {
        MqttRemedy.CheckWebSocketPort =>
            "Check that this port is the broker's WebSocket port; some brokers answer 400 to plain ws where wss is required.",
        MqttRemedy.CheckWebSocketTls => "Check whether the port wants TLS (wss) where plain ws was used, or is no WebSocket port.",
        MqttRemedy.CheckWebSocketTime => "Check that the port is the broker's WebSocket port, and raise UpgradeTimeout if the network is that slow.",
        MqttRemedy.GiveWebSocketCredentials =>
            "Give the credentials that the server wants for the upgrade (Sim800MqttClientOptions.WebSocketHeaders), or use the broker's own TLS port 8883.",
        MqttRemedy.CorrectWebSocketPath =>
            "Set the path (Sim800MqttClientOptions.WebSocketPath) to the one that the broker serves; /mqtt is common, some use / or /ws.",
        MqttRemedy.CheckWebSocketAddress => "Check host, port and WebSocket path.",
        MqttRemedy.UsePortOfWebSocket => "Use another port: this server asks for a protocol that is not WebSocket version 13.",
        MqttRemedy.FollowRedirection => "Connect to the address that the server redirects to; redirections are not followed.",
        MqttRemedy.WaitForServer => "Try again later: the server, or what stands before it, is out of order.",
        MqttRemedy.CheckPortOfWebSocket =>
            "Check the port: 8883 and 1883 are MQTT ports and need no WebSocket; 8884, 443, 8083 and 8084 are WebSocket ports.",
        MqttRemedy.CheckForBroker => "Check host and port: what answers is no MQTT broker.",
        MqttRemedy.CheckProxyHeaders => "Check for a proxy between modem and broker that removes the header fields Upgrade and Connection.",
        MqttRemedy.CheckForCache => "Check for a cache or proxy between modem and broker that answers in its place; wss avoids it.",
        MqttRemedy.CheckWebSocketProxy => "Check for a proxy between modem and broker; wss avoids it.",
        MqttRemedy.CheckWebSocketService => "Check port and path: this WebSocket serves something else than MQTT.",
        _ => null,
    };
}
