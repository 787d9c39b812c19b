namespace Sim800.Modem;

/// <summary>What the modem answered to a command of the user.</summary>
/// <param name="Result">The final result, such as <c>OK</c> or <c>SHUT OK</c>.</param>
/// <param name="Information">The lines before it, as they came.</param>
public sealed record AtReply(string Result, IReadOnlyList<string> Information);
