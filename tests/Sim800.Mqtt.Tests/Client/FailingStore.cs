namespace Sim800.Mqtt.Tests.Client;

/// <summary>A session store whose disk fills up when a test wants it.</summary>
internal sealed class FailingStore : IMqttSessionStore
{
    private readonly MqttInMemorySessionStore _inner = new();

    internal bool Fails { get; set; }

    private MqttInMemorySessionStore Inner => Fails ? throw new IOException("The disk is full.") : _inner;

    public IReadOnlyList<MqttStoredEntry> LoadOutbound() => Inner.LoadOutbound();

    public IReadOnlyCollection<MqttStoredInbound> LoadInbound() => Inner.LoadInbound();

    public bool TryAdd(in MqttStoredEntry entry, in MqttMessage message) => Inner.TryAdd(entry, message);

    public bool TryGet(long sequence, out MqttMessage message) => Inner.TryGet(sequence, out message);

    public void Update(long sequence, MqttDeliveryState state, ushort packetId) => Inner.Update(sequence, state, packetId);

    public void Remove(long sequence) => Inner.Remove(sequence);

    public void AddInbound(MqttStoredInbound message) => Inner.AddInbound(message);

    public void RemoveInbound(ushort packetId) => Inner.RemoveInbound(packetId);

    public void ClearInbound() => Inner.ClearInbound();
}
