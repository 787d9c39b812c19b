namespace Sim800.Mqtt;

/// <summary>Quality of service of the delivery of a message (MQTT 3.1.1 §4.3).</summary>
public enum MqttQoS
{
    /// <summary>QoS 0: sent once and never confirmed. Lost with the link.</summary>
    AtMostOnce = 0,

    /// <summary>QoS 1: sent until it is acknowledged. May arrive more than once.</summary>
    AtLeastOnce = 1,

    /// <summary>QoS 2: acknowledged in two steps. Arrives once.</summary>
    ExactlyOnce = 2,
}
