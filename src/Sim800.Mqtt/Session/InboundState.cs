namespace Sim800.Mqtt.Session;

/// <summary>How far the receipt of a message of QoS 1 or 2 has come.</summary>
internal enum InboundState
{
    /// <summary>Handed to the application, which has not acknowledged it.</summary>
    Delivered,

    /// <summary>Acknowledged by the application; its packet waits for the ones before it [MQTT-4.6.0-2] or for a connection.</summary>
    Acknowledged,

    /// <summary>Given back by the application: never acknowledged on this connection, so that the server sends it again.</summary>
    Rejected,

    /// <summary>QoS 2: PUBREC is sent, PUBREL is awaited.</summary>
    Received,
}
