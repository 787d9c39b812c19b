namespace Sim800.Modem.Sms;

/// <summary>One received SMS-DELIVER: a message, or a part of a long one.</summary>
/// <param name="Sender">Number or name.</param>
/// <param name="SentAt">When the service centre got it; <c>null</c> when its time makes no sense.</param>
/// <param name="Text">Its text; empty for 8 bit data. Half of a character may stand at either end of a part.</param>
/// <param name="Data">8 bit data; empty for text.</param>
/// <param name="Part">Where it belongs; <c>null</c> for a whole message.</param>
internal sealed record SmsSegment(
    string Sender, DateTimeOffset? SentAt, string Text, ReadOnlyMemory<byte> Data, SmsConcatenation? Part);
