namespace Sim800.Mqtt;

/// <summary>Where a <see cref="Sim800MqttClient"/> is.</summary>
public enum Sim800ClientState
{
    /// <summary>On the way from the serial line to the MQTT session.</summary>
    Connecting,

    /// <summary>The server has accepted the connection and nothing has been heard to the contrary.</summary>
    Connected,

    /// <summary>The last attempt failed or the connection was lost; the next attempt is due after a pause.</summary>
    Waiting,

    /// <summary>Over: by the application, or for a reason that trying again cannot mend.</summary>
    Closed,
}
