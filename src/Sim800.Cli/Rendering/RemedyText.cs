using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Tls;

namespace Sim800.Cli.Rendering;

/// <summary>
/// What to do about a failure, in terms of the command line. Where no option has a part in it, the sentence of the library is as good.
/// </summary>
internal static class RemedyText
{
    /// <returns><c>null</c> for a failure that has no remedy of its own.</returns>
    internal static string? Of(Exception failure) => failure switch
    {
        MqttException { Remedy: MqttRemedy.OfCause, InnerException: { } cause } mqtt => Of(cause) ?? mqtt.RemedyText,
        TlsException { Remedy: TlsRemedy.SeeInnerException, InnerException: { } cause } =>
            $"Connect again; in the words of the TLS engine: {FailureText.Happened(cause)}",
        MqttException mqtt => Of(mqtt.Remedy) ?? mqtt.RemedyText,
        TlsException tls => Of(tls.Remedy) ?? tls.RemedyText,
        ModemException modem => Of(modem.Remedy) ?? modem.RemedyText,
        _ => null,
    };

    /// <returns><c>null</c> where the sentence of the library names nothing that has another name here.</returns>
    internal static string? Of(ModemRemedy remedy) => remedy switch
    {
        ModemRemedy.ChooseDevice =>
            "Plug in the adapter or give another --device: 'sim800 ports' shows what is there.",
        ModemRemedy.ForceFamily => "If it speaks the commands of a known family, name that with --family: sim800, sim7000 or simcom-lte.",
        ModemRemedy.GiveSerialDevice => "Give a --device such as /dev/ttyUSB0 or /dev/serial0.",
        ModemRemedy.ChooseBaudRate => "Choose a --baud that the adapter has, such as 9600 or 115200, or another adapter.",
        ModemRemedy.CheckBaudRate =>
            "Check the baud rate (--baud), that modem and host share a ground wire, and flow control (a lower --baud, or RTS and CTS wired and --rtscts).",
        ModemRemedy.CheckWiring =>
            "Bytes are lost or damaged on the line: check the baud rate (--baud), the ground wire and flow control (a lower --baud, or RTS and CTS "
            + "wired and --rtscts), then the modem's supply.",
        ModemRemedy.SwitchOn =>
            "Check that the modem is switched on (PWRKEY low for a second), that TXD and RXD are crossed, and the baud rate (--baud).",
        ModemRemedy.LowerBaudRate => "Connect again; use a lower --baud, or wire RTS and CTS and give --rtscts.",
        ModemRemedy.CheckFlowControl => "Check CTS, which --rtscts needs, and that the modem is switched on.",
        ModemRemedy.ReportAnswer =>
            "Check --baud and the ground wire if it looks garbled; otherwise read it with 'sim800 at' and report the firmware.",
        ModemRemedy.SwitchRadioOn => "Switch it on with 'sim800 at AT+CFUN=1'.",
        ModemRemedy.GivePin => "Give the PIN (--pin), or switch its query off in a phone.",
        ModemRemedy.CorrectPin => "Make sure of the PIN (--pin) before trying again: after three refusals the card locks itself.",
        ModemRemedy.CheckApn =>
            "Check the access point name (--apn) with the operator, that the contract includes data, and the card's credit.",
        ModemRemedy.CorrectApnCredentials => "Correct --apn-user and --apn-password; many operators want neither.",
        ModemRemedy.CheckApnAndFirmware =>
            "Check the access point name (--apn), its user and password (--apn-user, --apn-password), and with 'sim800 info' whether the firmware is one that is known to fail here.",
        ModemRemedy.CheckApnAndCredentials =>
            "Check the access point name (--apn), its user and password (--apn-user, --apn-password), and the card's credit.",
        ModemRemedy.CheckApnAndSignal => "Check the access point name (--apn) and the signal.",
        ModemRemedy.CloseBearer => "Close the bearer with 'sim800 at AT+SAPBR=0,1' and try again.",
        ModemRemedy.CheckHostName => "Check the spelling of the host name (-h); --dns names another DNS server.",
        ModemRemedy.CheckHostAndPort => "Check host name (-h) and port (-p), and that the server can be reached from the Internet.",
        ModemRemedy.CheckAddress => "Check host (-h) and port (-p), and try again.",
        ModemRemedy.CheckPort => "Check that the port (-p) is the right one and that the server accepts this network.",
        _ => null,
    };

    /// <returns><c>null</c> where the sentence of the library names nothing that has another name here.</returns>
    internal static string? Of(TlsRemedy remedy) => remedy switch
    {
        TlsRemedy.CheckPortAndLink => "Check that the port (-p) speaks TLS and that the link is up.",
        TlsRemedy.CheckPortAndName => "Check that the port (-p) speaks TLS and that the host name (-h) is one the server knows.",
        TlsRemedy.UseTlsPort => "Check the port (-p): MQTT over TLS is usually 8883, while 1883 is plain and 8884 is WebSocket.",
        TlsRemedy.AllowMoreTime => "Try again where the coverage is better: the link is too slow.",
        TlsRemedy.CorrectServerName => "Check the host name (-h): the server knows no such name.",
        TlsRemedy.CheckServerParameters =>
            "Check that the server allows TLS 1.2 with ECDHE and ChaCha20-Poly1305 or AES-128-GCM (for AES-256 alone give --tls-version tlsv1.3), and whether it "
            + "demands a client certificate (--cert and --key).",
        TlsRemedy.OfferNewestVersion =>
            "The server allows no TLS version that was offered: update it to TLS 1.2 or later, or for TLS 1.3 give --tls-version tlsv1.3.",
        TlsRemedy.AllowPreSharedKey =>
            "Let the server allow pre-shared keys in this version of TLS, and check that it knows --psk-identity with the same --psk.",
        TlsRemedy.TryOtherEngine =>
            "Connect again; if it happens every time, try the other --tls-engine, and report it with a recording of the connection (--capture).",
        TlsRemedy.UpdateServerOrAcceptRisk => "Update the server, or take --tls-engine platform if the risk is acceptable.",
        TlsRemedy.SeeInnerException => "Connect again; --debug shows more.",
        TlsRemedy.GiveClientCertificate => "Give a client certificate: --cert and --key.",
        TlsRemedy.CheckClientCertificate =>
            "The server does not accept the client certificate (--cert): check that it was issued by the authority the server trusts.",
        TlsRemedy.RenewClientCertificate => "The client certificate (--cert) has expired, or the server's clock is wrong: renew the certificate.",
        TlsRemedy.ReplaceClientCertificate => "The client certificate (--cert) was revoked: get a new one.",
        TlsRemedy.CheckServerPolicy => "The server does not admit this client: check its policy for the certificate (--cert) or key (--psk).",
        TlsRemedy.CorrectPreSharedKeyIdentity => "The server knows no such pre-shared key identity: check --psk-identity.",
        TlsRemedy.CorrectPreSharedKey => "With a pre-shared key, check the key itself (--psk): it differs from the server's.",
        TlsRemedy.CorrectApplicationProtocols => "The server supports none of the application protocols that were offered; check the port (-p).",
        TlsRemedy.SetClock => "Set the clock: the mobile network does not tell the time either.",
        TlsRemedy.TrustAuthority => "Trust the broker's root certificate with --cafile, or check that this is the right broker.",
        TlsRemedy.SendFullChain => "Let the server send its full chain, or trust that issuer with --cafile if it is a root.",
        TlsRemedy.UseCertifiedName => "Connect by a name (-h) in the certificate's subject alternative names, or have it issued for this name.",
        _ => null,
    };

    /// <returns><c>null</c> where the sentence of the library names nothing that has another name here.</returns>
    internal static string? Of(MqttRemedy remedy) => OfServer(remedy) ?? OfPort(remedy) ?? OfWebSocket(remedy);

    private static string? OfServer(MqttRemedy remedy) => remedy switch
    {
        MqttRemedy.LengthenKeepAlive => "Connect again; if it recurs, check the coverage or choose a longer keep-alive (-k).",
        MqttRemedy.AllowMoreTime => "Check that the server speaks MQTT on this port (-p), and the coverage.",
        MqttRemedy.FindSecondClient => "Look into the server's log; a second client with the same client id (-i) is the usual cause.",
        MqttRemedy.CheckPortAndCredentials =>
            "Check that the port (-p) expects MQTT over what was spoken (--tls or --no-tls, --ws), and that the client id (-i) and the credentials "
            + "(-u, -P) are accepted.",
        MqttRemedy.ChooseClientId =>
            "Choose another client id (-i): 1 to 23 letters and digits are always allowed, and none only with a clean session (without -c).",
        MqttRemedy.CheckCredentials => "Check the credentials (-u, -P) in the server's access management.",
        MqttRemedy.CheckAuthorization =>
            "Check user name and password (-u, -P), for many servers answer a wrong one, or none, in this way, and that this user and client id (-i) "
            + "may connect.",
        MqttRemedy.CheckAccount =>
            "Check user name and password (-u, -P), that no other client has the same client id (-i), and that the account may connect.",
        MqttRemedy.RaiseMaxPacketSize => "Publish smaller messages: this tool takes none of that size.",
        MqttRemedy.PassOverInvalidTopics => "Remove that message from the server, where it may be a retained one.",
        MqttRemedy.UseAtLeastOnce =>
            "Use -q 1 if the server does not know QoS 2, such as RabbitMQ's MQTT plugin up to version 3; else update the server.",
        _ => null,
    };

    private static string? OfPort(MqttRemedy remedy) => remedy switch
    {
        MqttRemedy.SwitchTlsOn => "Switch TLS on for this port (--tls).",
        MqttRemedy.SwitchTlsOff => "Switch TLS off for this port (--no-tls), if others may read along.",
        MqttRemedy.SwitchTlsOffOrChangePort =>
            "Use the broker's TLS port, 8883 as a rule (-p 8883), or switch TLS off for this port (--no-tls) if others may read along.",
        MqttRemedy.SwitchTlsOnOrCheckAccount =>
            "Switch TLS on (--tls) if the port speaks it: many servers close without a word on who does not. Check user name and password (-u, -P), "
            + "that no other client has the same client id (-i), and that the account may connect.",
        MqttRemedy.UseTlsPort => "Use the broker's port for MQTT over TLS, 8883 as a rule (-p 8883, without --ws).",
        MqttRemedy.UseTlsPortOrWebSocket => "Use port 8883 with TLS (-p 8883), or MQTT over WebSocket (--ws).",
        MqttRemedy.UseTlsPortOrSecureWebSocket => "Use port 8883 (-p 8883), or MQTT over a secure WebSocket (--ws), either with --tls.",
        MqttRemedy.UseTlsPortOrPlainWebSocket => "Use port 8883 with TLS (-p 8883), or MQTT over a plain WebSocket (--ws --no-tls).",
        MqttRemedy.SwitchWebSocketOff => "Leave out --ws for this port.",
        MqttRemedy.SwitchWebSocketOffAndTlsOn => "Leave out --ws for this port, and switch TLS on (--tls).",
        MqttRemedy.SwitchWebSocketOnIfServed =>
            "Check host (-h) and port (-p; 8883 is MQTT over TLS), or switch MQTT over WebSocket on (--ws) if that is what the port serves.",
        MqttRemedy.CheckPortAndTls => "Check that the port (-p) is one where the server speaks MQTT, with or without TLS as given (--tls, --no-tls).",
        MqttRemedy.CheckHostAndPort => "Check host (-h) and port (-p): 8883 is MQTT over TLS, 1883 plain MQTT (--no-tls).",
        MqttRemedy.CheckTlsPortAndName =>
            "Check that the port (-p) speaks TLS and that the host name (-h) is the one of the server: some close when they do not know the name.",
        MqttRemedy.CheckPortAndLink => "Check that the port (-p) is right, and that the link carries data in both directions.",
        MqttRemedy.CheckForProxy => "Check the host name (-h), and for a proxy of the network that answers in its place.",
        MqttRemedy.CheckForWebServer =>
            "Check host (-h) and port (-p): what answers is a web server without TLS, or a proxy of the network.",
        _ => null,
    };

    private static string? OfWebSocket(MqttRemedy remedy) => remedy switch
    {
        MqttRemedy.CheckWebSocketPort =>
            "Check that this port (-p) is the broker's WebSocket port; some brokers answer 400 to plain ws where wss (--tls) is required.",
        MqttRemedy.CheckWebSocketTls =>
            "Check whether the port (-p) wants TLS (--tls) where plain ws was used, or is no WebSocket port (leave out --ws).",
        MqttRemedy.CheckWebSocketTime => "Check that the port (-p) is the broker's WebSocket port, and the coverage.",
        MqttRemedy.GiveWebSocketCredentials =>
            "Use the broker's own TLS port (-p 8883 without --ws): this tool has no credentials for the WebSocket request.",
        MqttRemedy.CorrectWebSocketPath =>
            "Use the broker's own TLS port (-p 8883 without --ws): this tool asks for the resource /mqtt, which the broker does not serve.",
        MqttRemedy.CheckWebSocketAddress => "Check host (-h) and port (-p), and that the broker serves the resource /mqtt.",
        MqttRemedy.UsePortOfWebSocket => "Use another port (-p): this server asks for a protocol that is not WebSocket version 13.",
        MqttRemedy.FollowRedirection => "Connect to the address (-h, -p) that the server redirects to; redirections are not followed.",
        MqttRemedy.CheckPortOfWebSocket =>
            "Check the port (-p): 8883 and 1883 are MQTT ports and need no --ws; 8884, 443, 8083 and 8084 are WebSocket ports.",
        MqttRemedy.CheckForBroker => "Check host (-h) and port (-p): what answers is no MQTT broker.",
        MqttRemedy.CheckForCache => "Check for a cache or proxy between modem and broker that answers in its place; TLS (--tls) avoids it.",
        MqttRemedy.CheckWebSocketProxy => "Check for a proxy between modem and broker; TLS (--tls) avoids it.",
        MqttRemedy.CheckWebSocketService => "Check the port (-p): this WebSocket serves something else than MQTT.",
        _ => null,
    };
}
