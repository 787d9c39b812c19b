namespace Sim800.Simulator.Messages;

/// <summary>One stored message.</summary>
internal sealed record ShortMessage(int Index, string Sender, string Text, string Time, SegmentNumber? Segment = null)
{
    internal bool IsRead { get; set; }

    internal string Status => IsRead ? "REC READ" : "REC UNREAD";

    /// <summary>The status as PDU mode gives it (27.005 3.1): 0 unread, 1 read.</summary>
    internal int StatusNumber => IsRead ? 1 : 0;
}
