namespace Sim800.Mqtt;

/// <summary>How the session states of client and server met at CONNACK (MQTT 3.1.1 §3.2.2.2).</summary>
public enum MqttSessionResumption
{
    /// <summary>Neither side had a session: a new one has begun.</summary>
    New,

    /// <summary>Both sides go on where they were.</summary>
    Resumed,

    /// <summary>The server has lost the session this client had: messages it kept for the client are gone.
    /// Subscriptions are made again and unacknowledged messages are sent again.</summary>
    LostByServer,

    /// <summary>The server has a session this client knows nothing of, from an earlier run: messages may come that no
    /// subscription of this run asked for.</summary>
    UnknownToClient,
}
