using System.Buffers;

namespace Sim800.Mqtt;

/// <summary>The session state in memory: survives a lost connection, not the process.</summary>
public sealed class InMemoryMqttSessionStore : IMqttSessionStore
{
    private readonly Dictionary<long, MqttStoredMessage> _outbound = [];
    private readonly HashSet<ushort> _inbound = [];
    private readonly int _maxMessages;
    private readonly long _maxBytes;
    private long _bytes;

    /// <param name="maxMessages">How many outgoing messages it holds at most.</param>
    /// <param name="maxBytes">How many bytes of payload it holds at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
    public InMemoryMqttSessionStore(int maxMessages = 10_000, long maxBytes = 16 * 1024 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessages);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        (_maxMessages, _maxBytes) = (maxMessages, maxBytes);
    }

    /// <inheritdoc />
    public IReadOnlyList<MqttStoredEntry> LoadOutbound() =>
        [.. _outbound.Values
            .OrderBy(message => message.Sequence)
            .Select(message => new MqttStoredEntry(message.Sequence, message.State, message.PacketId, message.QoS))];

    /// <inheritdoc />
    public IReadOnlyCollection<ushort> LoadInbound() => [.. _inbound];

    /// <inheritdoc />
    public bool TryAdd(in MqttStoredMessage message)
    {
        var length = message.Payload.Length;
        if (_outbound.Count >= _maxMessages || _bytes + length > _maxBytes)
        {
            return false;
        }

        // A rented copy, given back on removal: steady publishing leaves nothing to collect.
        var copy = ArrayPool<byte>.Shared.Rent(length);
        message.Payload.CopyTo(copy);
        _outbound.Add(message.Sequence, message with { Payload = copy.AsMemory(0, length) });
        _bytes += length;
        return true;
    }

    /// <inheritdoc />
    public bool TryGet(long sequence, out MqttStoredMessage message) => _outbound.TryGetValue(sequence, out message);

    /// <inheritdoc />
    public void Update(long sequence, MqttDeliveryState state, ushort packetId)
    {
        if (_outbound.TryGetValue(sequence, out var message))
        {
            _outbound[sequence] = message with { State = state, PacketId = packetId };
        }
    }

    /// <inheritdoc />
    public void Remove(long sequence)
    {
        if (!_outbound.Remove(sequence, out var message))
        {
            return;
        }

        _bytes -= message.Payload.Length;
        if (System.Runtime.InteropServices.MemoryMarshal.TryGetArray(message.Payload, out var copy))
        {
            ArrayPool<byte>.Shared.Return(copy.Array!);
        }
    }

    /// <inheritdoc />
    public void AddInbound(ushort packetId) => _inbound.Add(packetId);

    /// <inheritdoc />
    public void RemoveInbound(ushort packetId) => _inbound.Remove(packetId);

    /// <inheritdoc />
    public void ClearInbound() => _inbound.Clear();
}
