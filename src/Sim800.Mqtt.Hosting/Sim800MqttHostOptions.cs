using Sim800.Modem;
using Sim800.Tls;

namespace Sim800.Mqtt.Hosting;

/// <summary>
/// What a host needs to know to connect: the modem's device, and where and how. Each property is a key of the configuration section that
/// <c>AddSim800Mqtt</c> is given; docs/gateway.md lists them.
/// </summary>
public sealed class Sim800MqttHostOptions
{
    /// <summary>The modem's serial device, such as <c>/dev/ttyUSB0</c>.</summary>
    public string Device { get; set; } = "";

    /// <summary>The MQTT server's host name or IPv4 address.</summary>
    public string Host { get; set; } = "";

    /// <summary>The MQTT server's TCP port, 1 to 65535.</summary>
    public int Port { get; set; } = 8883;

    /// <summary>Whether TLS is spoken; <c>null</c> goes by the port, as <see cref="Sim800MqttClientOptions.UseTls"/> says.</summary>
    public bool? UseTls { get; set; }

    /// <summary>Whether MQTT is carried in a WebSocket.</summary>
    public bool UseWebSocket { get; set; }

    /// <summary>The resource of the WebSocket, beginning with a slash.</summary>
    public string WebSocketPath { get; set; } = "/mqtt";

    /// <summary>The client id.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Whether each connection begins a new session; <c>null</c> keeps the session of a client that has an id.</summary>
    public bool? CleanSession { get; set; }

    /// <summary>The keep-alive, up to 18:12:15, 0 for none; <c>null</c> for the default.</summary>
    public TimeSpan? KeepAlive { get; set; }

    /// <summary>User name; empty for none.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Password; empty for none. Never logged.</summary>
    public string Password { get; set; } = "";

    /// <summary>Access point name of the operator; empty leaves the modem's own.</summary>
    public string Apn { get; set; } = "";

    /// <summary>User name for the access point; empty for none.</summary>
    public string ApnUser { get; set; } = "";

    /// <summary>Password for the access point; empty for none. Never logged.</summary>
    public string ApnPassword { get; set; } = "";

    /// <summary>PIN of the SIM card; empty for none. Never logged.</summary>
    public string Pin { get; set; } = "";

    /// <summary>The family of the modem; <see cref="ModemFamily.Automatic"/> asks it.</summary>
    public ModemFamily Family { get; set; }

    /// <summary>Bits per second on the serial line.</summary>
    public int BaudRate { get; set; } = 115200;

    /// <summary>RTS/CTS on the serial line; only where both wires are connected.</summary>
    public bool HardwareFlowControl { get; set; }

    /// <summary>A folder in which it is remembered what has been learnt of the modem, so that the next start asks less; empty for none.</summary>
    public string StateFolder { get; set; } = "";

    /// <summary>How long the first connection may take, recovery included; <c>null</c> for no limit.</summary>
    public TimeSpan? ConnectTimeout { get; set; }

    /// <summary>What happens to messages of QoS 0 while there is no connection.</summary>
    public MqttOfflinePolicy WhenOffline { get; set; }

    /// <summary>How TLS is spoken.</summary>
    public Sim800MqttHostTls Tls { get; } = new();

    /// <summary>The will (MQTT 3.1.1 §3.1.2.5); none without a topic.</summary>
    public Sim800MqttHostWill Will { get; } = new();

    /// <summary>How the client comes back after a lost connection.</summary>
    public Sim800MqttHostReconnect Reconnect { get; } = new();

    /// <summary>
    /// Everything else, in code: gets the options made of the values above and gives the ones to use. A session store, a power key.
    /// </summary>
    public Func<IServiceProvider, Sim800MqttClientOptions, Sim800MqttClientOptions>? Configure { get; set; }

    /// <summary>The configuration section that the values come from; <c>null</c> when they are set in code alone.</summary>
    internal string? Section { get; set; }

    /// <summary>What that section says and cannot be taken.</summary>
    internal List<string> ConfigurationFailures { get; } = [];

    /// <returns>The name of a value as whoever set it knows it.</returns>
    internal string NameOf(string key) => Section switch
    {
        null => $"{nameof(Sim800MqttHostOptions)}.{key.Replace(':', '.')}",
        "" => key,
        _ => $"{Section}:{key}",
    };
}

/// <summary>How a host speaks TLS. Empty values are none.</summary>
public sealed class Sim800MqttHostTls
{
    /// <summary>PEM file of the authorities that are trusted in place of the system's.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>The one public key that is trusted in place of any authority: base64 of the SHA-256 of its SubjectPublicKeyInfo (RFC 7469 §2.4).</summary>
    public string PinnedKey { get; set; } = "";

    /// <summary>PEM or PFX file of this client's certificate, and of those up to its authority.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of its private key; empty when the certificate's file holds it.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The password of the private key or of the PFX file. Never logged.</summary>
    public string KeyPassword { get; set; } = "";

    /// <summary>Identity of the pre-shared key (RFC 4279 §5.1).</summary>
    public string PskIdentity { get; set; } = "";

    /// <summary>The pre-shared key in hexadecimal digits. Never logged.</summary>
    public string Psk { get; set; } = "";

    /// <summary>Which implementation does the work.</summary>
    public TlsEngine Engine { get; set; }

    /// <summary>What to prefer where the engine has the choice.</summary>
    public TlsPreference Preference { get; set; }

    /// <summary>Folder in which sessions are kept over restarts, since a resumed handshake costs a fraction; empty keeps them in memory.</summary>
    public string SessionFolder { get; set; } = "";

    /// <summary>Takes any certificate. Whoever sits on the way can then read and change everything.</summary>
    public bool DangerousAcceptAnyCertificate { get; set; }
}

/// <summary>The message that the server publishes when the host is lost.</summary>
public sealed class Sim800MqttHostWill
{
    /// <summary>Topic name; empty for no will.</summary>
    public string Topic { get; set; } = "";

    /// <summary>The payload as text, sent as UTF-8.</summary>
    public string Payload { get; set; } = "";

    /// <summary>The quality of service.</summary>
    public MqttQoS QoS { get; set; }

    /// <summary>Whether the server keeps it as the topic's retained message.</summary>
    public bool Retain { get; set; }
}

/// <summary>See <see cref="Sim800ReconnectOptions"/>; <c>null</c> leaves the default.</summary>
public sealed class Sim800MqttHostReconnect
{
    /// <inheritdoc cref="Sim800ReconnectOptions.FirstDelay" />
    public TimeSpan? FirstDelay { get; set; }

    /// <inheritdoc cref="Sim800ReconnectOptions.LongestDelay" />
    public TimeSpan? LongestDelay { get; set; }

    /// <inheritdoc cref="Sim800ReconnectOptions.LongestPersistentDelay" />
    public TimeSpan? LongestPersistentDelay { get; set; }

    /// <inheritdoc cref="Sim800ReconnectOptions.Jitter" />
    public double? Jitter { get; set; }

    /// <inheritdoc cref="Sim800ReconnectOptions.StableAfter" />
    public TimeSpan? StableAfter { get; set; }

    /// <inheritdoc cref="Sim800ReconnectOptions.PersistentFailures" />
    public int? PersistentFailures { get; set; }
}
