namespace Sim800.Modem;

/// <summary>A row of the table of explanations. An empty command, no code and no state fit everything.</summary>
/// <param name="Command">What the command line starts with, such as <c>AT+CIPSTART</c>.</param>
/// <param name="CmeError">The code of <c>+CME ERROR</c>; 0 for any failure.</param>
/// <param name="State">The state the modem was in, or what it said meanwhile.</param>
/// <param name="Explanation">What to tell the user.</param>
internal sealed record ExplanationRow(string Command, int CmeError, string? State, Explanation Explanation)
{
    internal bool Fits(in ModemFailure failure) =>
        failure.Command.Text.StartsWith(Command, StringComparison.Ordinal)
        && (CmeError == 0 || failure.Response.FinalResult.CmeError == CmeError)
        && (State is null || (failure.State is { } state && state.Contains(State, StringComparison.Ordinal)));
}
