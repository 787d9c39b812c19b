namespace Sim800.Simulator.Messages;

/// <summary>One stored message, in text mode.</summary>
internal sealed record ShortMessage(int Index, string Sender, string Text, string Time)
{
    internal bool IsRead { get; set; }

    internal string Status => IsRead ? "REC READ" : "REC UNREAD";
}
