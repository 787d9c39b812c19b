namespace Sim800.Modem.At;

/// <summary>An unsolicited result code (ITU-T V.250 §5.7.1).</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Link">The link it speaks of; -1 when it names none.</param>
/// <param name="Count">The number of bytes it announces; -1 when it announces none.</param>
/// <param name="Text">The whole line, and the second one of a message; <c>null</c> for kinds that are all said by the numbers.</param>
internal readonly record struct Urc(UrcKind Kind, int Link, int Count, string? Text);
