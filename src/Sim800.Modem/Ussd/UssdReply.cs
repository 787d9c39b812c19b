namespace Sim800.Modem;

/// <summary>What the network said to a USSD request.</summary>
/// <param name="Status">What comes next.</param>
/// <param name="Text">The text, lines separated by <c>\n</c>; empty when there was none.</param>
public sealed record UssdReply(UssdStatus Status, string Text);
