using System.Runtime.InteropServices;

namespace Sim800.Mqtt;

/// <summary>
/// The client's part of the session state (MQTT 3.1.1 §3.1.2.4): outgoing messages of QoS 1 and 2 until they are
/// acknowledged, and the packet identifiers of incoming messages of QoS 2 until they are released.
/// </summary>
/// <remarks>
/// Every method has done its work when it returns: the client sends the bytes that depend on it right after. A store
/// belongs to one client at a time, which calls it under a lock, never twice at once; it need not be thread-safe.
/// An exception of a store ends the connection.
/// </remarks>
public interface IMqttSessionStore
{
    /// <summary>What is left of an earlier run, in order of <see cref="MqttStoredEntry.Sequence"/>.</summary>
    IReadOnlyList<MqttStoredEntry> LoadOutbound();

    /// <summary>The incoming QoS 2 messages that the application has and the server has not released.</summary>
    IReadOnlyCollection<MqttStoredInbound> LoadInbound();

    /// <summary>Keeps a new message: its topic, quality of service, RETAIN and a copy of its payload.</summary>
    /// <param name="entry">Its key and where it stands.</param>
    /// <param name="message">The message.</param>
    /// <returns><c>false</c> when there is no room for it; nothing has changed then.</returns>
    bool TryAdd(in MqttStoredEntry entry, in MqttMessage message);

    /// <summary>Reads a message back to send it (again). Its payload is valid until the message is removed.</summary>
    /// <param name="sequence">Its key.</param>
    /// <param name="message">The message.</param>
    /// <returns><c>false</c> when there is no such message.</returns>
    bool TryGet(long sequence, out MqttMessage message);

    /// <summary>Notes how far a message has come and under which packet identifier.</summary>
    void Update(long sequence, MqttDeliveryState state, ushort packetId);

    /// <summary>Forgets a message: it is acknowledged or was dropped.</summary>
    void Remove(long sequence);

    /// <summary>Notes that the application has an incoming QoS 2 message, in place of an older one of the same packet identifier.</summary>
    void AddInbound(MqttStoredInbound message);

    /// <summary>Forgets a packet identifier: the server has released it (PUBREL).</summary>
    void RemoveInbound(ushort packetId);

    /// <summary>Forgets all incoming packet identifiers: the server's session is a new one.</summary>
    void ClearInbound();
}

/// <summary>An incoming QoS 2 message that the application has and the server has not released (PUBREL).</summary>
/// <param name="PacketId">The server's packet identifier, 1 to 65,535.</param>
/// <param name="Digest">Of its topic and payload, to tell a repetition from another message; 0 where none was taken.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MqttStoredInbound(ushort PacketId, long Digest);

/// <summary>Where an outgoing message of QoS 1 or 2 stands in the session: all that the client keeps in memory of a stored message.</summary>
/// <param name="Sequence">Its key and its place: lower was accepted earlier. Given by the client, never used twice in a store.</param>
/// <param name="State">How far its delivery has come.</param>
/// <param name="PacketId">Its packet identifier, 1 to 65,535; 0 while it is queued.</param>
/// <param name="QoS">1 or 2.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MqttStoredEntry(long Sequence, MqttDeliveryState State, ushort PacketId, MqttQoS QoS);
