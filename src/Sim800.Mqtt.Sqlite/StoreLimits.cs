namespace Sim800.Mqtt.Sqlite;

internal static class StoreLimits
{
    /// <summary>No MQTT packet is longer (MQTT 3.1.1 §2.2.3), so no stored payload can be.</summary>
    internal const int MaxPayload = 268_435_455;
}
