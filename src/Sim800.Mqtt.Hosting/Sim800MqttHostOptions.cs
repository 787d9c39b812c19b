namespace Sim800.Mqtt.Hosting;

/// <summary>What a host needs to know to connect: the modem's device, and where and how.</summary>
public sealed class Sim800MqttHostOptions
{
    /// <summary>Path of the modem's serial device, such as <c>/dev/ttyUSB0</c>.</summary>
    public string Device { get; set; } = "";

    /// <summary>The MQTT server's host name or IPv4 address.</summary>
    public string Host { get; set; } = "";

    /// <summary>The MQTT server's TCP port, 1 to 65535. TLS goes by the port.</summary>
    public int Port { get; set; } = 8883;

    /// <summary>The client id.</summary>
    public string ClientId { get; set; } = "";

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

    /// <summary>Bits per second on the serial line.</summary>
    public int BaudRate { get; set; } = 115200;

    /// <summary>
    /// Everything else, in code: gets the options made of the values above and gives the ones to use. A session store, a CA of one's
    /// own, a keep-alive.
    /// </summary>
    public Func<IServiceProvider, Sim800MqttClientOptions, Sim800MqttClientOptions>? Configure { get; set; }
}
