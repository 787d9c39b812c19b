namespace Sim800.Mqtt.Sqlite.Tests;

/// <summary>A message as a test puts it into a store and finds it there.</summary>
internal sealed record StoredMessage(MqttStoredEntry Entry, MqttMessage Message)
{
    internal static StoredMessage Of(long sequence, MqttDeliveryState state, ushort packetId, MqttMessage message) =>
        new(new MqttStoredEntry(sequence, state, packetId, message.QoS), message);

    internal bool AddTo(MqttSqliteSessionStore store) => store.TryAdd(Entry, Message);
}
