namespace Sim800.Modem.At;

/// <summary>What the modem answered.</summary>
/// <param name="FinalResult">The final result code.</param>
/// <param name="Final">The line of the final result; empty for a numeric command that succeeded.</param>
/// <param name="Information">The lines of information text as received; empty for a numeric command.</param>
/// <param name="Numbers">The numbers behind the colon of the last line of a numeric command.</param>
/// <param name="Kind">What the line of the final result would mean if it were unsolicited, such as the end of a link.</param>
internal readonly record struct AtResponse(
    AtResult FinalResult, string Final, IReadOnlyList<string> Information, AtNumbers Numbers, UrcKind Kind = UrcKind.Unknown);
