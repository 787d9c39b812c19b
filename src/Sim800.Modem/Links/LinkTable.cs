using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>The modem's links by number: who is connecting, who is open, and whose bytes are coming in.</summary>
internal sealed class LinkTable : ICountedDataSink
{
    /// <summary>Links of a SIM800 with <c>AT+CIPMUX=1</c>: 0 to 5.</summary>
    internal const int Count = 6;

    private readonly Gate _gate = new();
    private readonly LinkSlot[] _slots = [.. Enumerable.Range(0, Count).Select(link => new LinkSlot(link))];
    private int _reading = -1;
    private int _pushing = -1;

    /// <summary>Takes the lowest free link; <c>null</c> when all are in use.</summary>
    internal LinkSlot? TryTake()
    {
        lock (_gate)
        {
            return Array.Find(_slots, slot => slot.TryTake());
        }
    }

    /// <summary>Whether no link is in use.</summary>
    internal bool IsEmpty => Array.TrueForAll(_slots, slot => slot.IsFree);

    /// <summary>Ends every link for this reason. After a restart or CIPSHUT the modem knows none of them any more.</summary>
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
        if (urc.Kind is >= UrcKind.Connected and <= UrcKind.SendFailed or UrcKind.DataPending
            && Find(urc.Link) is { } slot)
        {
            slot.OnUrc(urc);
        }
    }

    public void BeginRead(int link, int count, int left)
    {
        (_reading, _pushing) = (link, -1);
        Find(link)?.Connection?.OnReadAnnounced(count, left);
    }

    public void BeginPush(int link, int count)
    {
        (_pushing, _reading) = (link, -1);
        Find(link)?.Connection?.OnPushAnnounced(count);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Find(_reading)?.Connection?.OnRead(bytes);
        Find(_pushing)?.Connection?.OnPushed(bytes);
    }

    public void Slip()
    {
        Find(_reading)?.Connection?.OnSlip();
        Find(_pushing)?.Connection?.OnSlip();
    }

    private LinkSlot? Find(int link) => link is >= 0 and < Count ? _slots[link] : null;
}
