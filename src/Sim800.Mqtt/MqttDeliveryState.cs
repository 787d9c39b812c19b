namespace Sim800.Mqtt;

/// <summary>How far the delivery of an outgoing message of QoS 1 or 2 has come (MQTT 3.1.1 §4.3).</summary>
public enum MqttDeliveryState
{
    /// <summary>Accepted from the application; not sent yet, no packet identifier yet.</summary>
    Queued,

    /// <summary>PUBLISH has been or is about to be sent with its packet identifier.</summary>
    Published,

    /// <summary>QoS 2 only: PUBREC has come, so PUBREL is what is sent from now on.</summary>
    Released,
}
