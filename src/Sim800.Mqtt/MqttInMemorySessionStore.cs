using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sim800.Mqtt;

/// <summary>The session state in memory: survives a lost connection, not the process.</summary>
public sealed class MqttInMemorySessionStore : IMqttSessionStore
{
    private readonly Dictionary<long, (MqttStoredEntry Entry, MqttMessage Message)> _outbound = [];
    private readonly Dictionary<ushort, long> _inbound = [];
    private readonly int _maxMessages;
    private readonly long _maxBytes;
    private long _bytes;

    /// <param name="maxMessages">How many outgoing messages it holds at most.</param>
    /// <param name="maxBytes">How many bytes of payload it holds at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
    public MqttInMemorySessionStore(int maxMessages = 10_000, long maxBytes = 16 * 1024 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessages);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        (_maxMessages, _maxBytes) = (maxMessages, maxBytes);
    }

    /// <inheritdoc />
    public IReadOnlyList<MqttStoredEntry> LoadOutbound() =>
        [.. _outbound.Values.Select(stored => stored.Entry).OrderBy(entry => entry.Sequence)];

    /// <inheritdoc />
    public IReadOnlyCollection<MqttStoredInbound> LoadInbound() =>
        [.. _inbound.Select(stored => new MqttStoredInbound(stored.Key, stored.Value))];

    /// <inheritdoc />
    public bool TryAdd(in MqttStoredEntry entry, in MqttMessage message)
    {
        var length = message.Payload.Length;
        if (_outbound.Count >= _maxMessages || _bytes + length > _maxBytes)
        {
            return false;
        }

        // A rented copy, given back on removal: steady publishing leaves nothing to collect.
        var copy = ArrayPool<byte>.Shared.Rent(length);
        message.Payload.CopyTo(copy);
        _outbound.Add(entry.Sequence, (entry, new MqttMessage(message.Topic, copy.AsMemory(0, length), message.QoS, message.Retain)));
        _bytes += length;
        return true;
    }

    /// <inheritdoc />
    public bool TryGet(long sequence, out MqttMessage message)
    {
        var isFound = _outbound.TryGetValue(sequence, out var stored);
        message = stored.Message;
        return isFound;
    }

    /// <inheritdoc />
    public void Update(long sequence, MqttDeliveryState state, ushort packetId)
    {
        ref var stored = ref CollectionsMarshal.GetValueRefOrNullRef(_outbound, sequence);
        if (!Unsafe.IsNullRef(ref stored))
        {
            stored.Entry = stored.Entry with { State = state, PacketId = packetId };
        }
    }

    /// <inheritdoc />
    public void Remove(long sequence)
    {
        if (!_outbound.Remove(sequence, out var stored))
        {
            return;
        }

        _bytes -= stored.Message.Payload.Length;
        if (MemoryMarshal.TryGetArray(stored.Message.Payload, out var copy))
        {
            ArrayPool<byte>.Shared.Return(copy.Array!);
        }
    }

    /// <inheritdoc />
    public void AddInbound(MqttStoredInbound message) => _inbound[message.PacketId] = message.Digest;

    /// <inheritdoc />
    public void RemoveInbound(ushort packetId) => _inbound.Remove(packetId);

    /// <inheritdoc />
    public void ClearInbound() => _inbound.Clear();
}
