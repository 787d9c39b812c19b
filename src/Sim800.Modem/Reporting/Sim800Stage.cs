namespace Sim800.Modem;

/// <summary>
/// The rungs between a closed serial device and an MQTT session, in the order they are climbed. A modem alone climbs up to
/// <see cref="Tcp"/>; the MQTT client climbs the rest.
/// </summary>
public enum Sim800Stage
{
    /// <summary>The serial line: device, permissions, baud rate.</summary>
    Line,

    /// <summary>The modem answers AT commands.</summary>
    Modem,

    /// <summary>The SIM card is present and unlocked.</summary>
    Sim,

    /// <summary>The modem is registered with a mobile network.</summary>
    Network,

    /// <summary>GPRS is attached and the PDP context has an address.</summary>
    Gprs,

    /// <summary>The TCP connection to the host is open.</summary>
    Tcp,

    /// <summary>The TLS handshake is done and the server is the one it claims to be.</summary>
    Tls,

    /// <summary>The server speaks MQTT over a WebSocket; only where that is asked for.</summary>
    WebSocket,

    /// <summary>The server has accepted CONNECT.</summary>
    Mqtt,
}
