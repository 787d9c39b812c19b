namespace Sim800.Mqtt;

/// <summary>What happens to a message of QoS 0 while there is no connection. Messages of QoS 1 and 2 go to the session store.</summary>
public enum MqttOfflinePolicy
{
    /// <summary>Publishing waits for the connection, or for its own cancellation.</summary>
    Wait,

    /// <summary>The message is dropped and counted in <see cref="Sim800MqttClient.Dropped"/>: what is measured again in a
    /// minute is not worth the wait.</summary>
    Drop,
}
