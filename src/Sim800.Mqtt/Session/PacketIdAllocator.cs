namespace Sim800.Mqtt.Session;

/// <summary>
/// Packet identifiers 1 to 65,535 (MQTT 3.1.1 §2.3.1), given out in a circle. One that is in use is passed over, so that
/// none is used twice at a time. What is in use is kept by pages, of which a client with little under way has one.
/// </summary>
internal sealed class PacketIdAllocator
{
    private const int WordBits = 64;

    private const int PageWords = 16;
    private const int PageBits = PageWords * WordBits;

    private readonly ulong[]?[] _pages = new ulong[(ushort.MaxValue + 1) / PageBits][];
    private ulong[]? _spare;
    private ushort _last;

    internal int InUse { get; private set; }

    internal bool HasFree => InUse < ushort.MaxValue;

    /// <exception cref="MqttPacketIdsExhaustedException">All 65,535 are in use.</exception>
    internal ushort Take()
    {
        if (!HasFree)
        {
            throw new MqttPacketIdsExhaustedException();
        }

        do
        {
            _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
        }
        while (!TryTake(_last));

        return _last;
    }

    /// <summary>Takes a given identifier, as a stored message needs.</summary>
    internal bool TryTake(ushort packetId)
    {
        ref var page = ref _pages[packetId / PageBits];
        if (page is null)
        {
            page = _spare ?? new ulong[PageWords];
            _spare = null;
        }

        ref var word = ref page[packetId % PageBits / WordBits];
        var bit = 1UL << (packetId % WordBits);
        if (packetId == 0 || (word & bit) != 0)
        {
            return false;
        }

        word |= bit;
        InUse++;
        return true;
    }

    internal void Release(ushort packetId)
    {
        ref var page = ref _pages[packetId / PageBits];
        if (page is null)
        {
            return;
        }

        ref var word = ref page[packetId % PageBits / WordBits];
        var bit = 1UL << (packetId % WordBits);
        if ((word & bit) == 0)
        {
            return;
        }

        word &= ~bit;
        InUse--;
        if (word == 0 && !page.AsSpan().ContainsAnyExcept(0UL))
        {
            (_spare, page) = (page, null);
        }
    }
}
