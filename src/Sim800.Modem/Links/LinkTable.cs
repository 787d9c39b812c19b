using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>The modem's links by number: who is connecting, who is open, and whose bytes are coming in.</summary>
/// <param name="count">How many there may be.</param>
internal sealed class LinkTable(int count) : ICountedDataSink
{
    private readonly Gate _gate = new();
    private readonly LinkSlot[] _slots = [.. Enumerable.Range(0, count).Select(link => new LinkSlot(link))];
    private IReceivedBytes? _receiving;

    /// <summary>Whether a connection is open that the recovery of another must not break.</summary>
    internal bool HasLiveLink => Array.Exists(_slots, slot => slot.Connection is { End.HasEnded: false });

    /// <summary>Ends when a transparent link that is being closed has given the line back.</summary>
    internal Task Closing => _slots[0].Leaving;

    /// <summary>Links that the modem opened after they were given up.</summary>
    internal IEnumerable<LinkSlot> Orphans => _slots.Where(slot => slot.IsOrphaned);

    /// <summary>Takes the lowest free link; <c>null</c> when all are in use.</summary>
    /// <param name="create">Makes the link.</param>
    /// <param name="most">How many the modem has.</param>
    internal LinkSlot? TryTake(Func<LinkSlot, TcpLink> create, int most)
    {
        lock (_gate)
        {
            return Array.Find(_slots, slot => slot.Link < most && slot.TryTake(create));
        }
    }

    /// <summary>Ends every link for this reason. After a restart or a shut IP stack the modem knows none of them any more.</summary>
    internal void FailAll(TcpLinkReason reason, Exception? inner = null)
    {
        foreach (var slot in _slots)
        {
            slot.OnFailed(new TcpLinkException(reason, inner: inner));
        }
    }

    /// <summary>The IP stack has been shut: what was left open in the modem is gone.</summary>
    internal void OnShut()
    {
        foreach (var slot in _slots)
        {
            slot.OnShut();
        }
    }

    internal void OnUrc(Urc urc)
    {
        if (urc.Link < 0 && _slots[0].Connection is TransparentLink single)
        {
            single.OnUrc(urc); // its lines name no number
        }
        else if (urc.Kind is >= UrcKind.Connected and <= UrcKind.DataAccepted or UrcKind.DataPending
            && Find(urc.Link) is { } slot)
        {
            slot.OnUrc(urc);
        }
    }

    public void BeginRead(int link, int count, int left)
    {
        var window = Find(link)?.Connection?.Received as ReadWindow; // a late answer to one who has gone is nobody's
        window?.Announce(count, left);
        _receiving = window;
    }

    public void BeginPush(int link, int count)
    {
        var pushed = Find(link)?.Connection?.Received as PushedData;
        pushed?.Announce(count);
        _receiving = pushed;
    }

    public void BeginTransparent() => _receiving = _slots[0].Connection?.Received;

    public void Append(ReadOnlySpan<byte> bytes) => _receiving?.Append(bytes);

    public void Slip() => (_receiving as ICountedBytes)?.Slip();

    private LinkSlot? Find(int link) => link >= 0 && link < _slots.Length ? _slots[link] : null;
}

/// <summary>Takes the bytes of one link as they come. Called in the read loop: returns at once.</summary>
internal interface IReceivedBytes
{
    void Append(ReadOnlySpan<byte> bytes);
}

/// <summary>Bytes whose number the modem has announced.</summary>
internal interface ICountedBytes : IReceivedBytes
{
    /// <summary>Their number was wrong: some were lost on the line.</summary>
    void Slip();
}
