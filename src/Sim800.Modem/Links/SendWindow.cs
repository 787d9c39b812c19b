namespace Sim800.Modem.Links;

/// <summary>
/// How much may be handed to the modem before the peer has acknowledged what went before: the limit of
/// <see cref="ModemOptions.MaxUnacknowledgedBytes"/>. Pure: what the modem says is reported to it.
/// </summary>
/// <param name="limit">Most bytes on their way; <c>null</c> for no limit.</param>
internal sealed class SendWindow(int? limit)
{
    private long _unacknowledged;

    /// <summary>How much of <paramref name="waiting"/> bytes may be sent now; 0 when the modem must be asked first.</summary>
    internal int Grant(int waiting)
    {
        if (limit is not { } most)
        {
            return waiting;
        }

        // Half a window at least, or what there is: not a byte for every byte that is acknowledged.
        var room = (int)Math.Max(0, most - _unacknowledged);
        return room >= Math.Min(waiting, most - (most / 2)) ? Math.Min(waiting, room) : 0;
    }

    internal void OnSent(long count) => _unacknowledged += count;

    /// <summary>What the modem says is on its way; <c>null</c> when it does not say, so that nothing is held back.</summary>
    internal void OnAnswer(long? unacknowledged) => _unacknowledged = Math.Max(0, unacknowledged ?? 0);
}
