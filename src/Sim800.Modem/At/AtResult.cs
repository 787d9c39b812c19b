using System.Globalization;

namespace Sim800.Modem.At;

/// <summary>A final result code (ITU-T V.250 §5.7, 3GPP TS 27.007 §9.1).</summary>
/// <param name="IsSuccess">The command's own success result.</param>
/// <param name="CmeError">The code of <c>+CME ERROR</c>, also when the modem wrote it in words.</param>
/// <param name="CmsError">The code of <c>+CMS ERROR</c> (3GPP TS 27.005 §3.2.5).</param>
internal readonly record struct AtResult(bool IsSuccess, int? CmeError = null, int? CmsError = null)
{
    private const string Cme = "+CME ERROR:";
    private const string Cms = "+CMS ERROR:";
    private static readonly AtPattern[] Errors = ["ERROR", Cme + "*", Cms + "*"];

    internal static AtResult Ok { get; } = new(IsSuccess: true);

    internal static AtResult Failed { get; } = new(IsSuccess: false);

    /// <summary>Whether the line is one of the three errors that can end any command.</summary>
    internal static bool IsError(ReadOnlySpan<byte> line)
    {
        foreach (var error in Errors)
        {
            if (error.Matches(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the code out of an error line, numeric or verbose; a failure without a code for any other line.</summary>
    internal static AtResult OfError(string line) => line switch
    {
        _ when line.StartsWith(Cme, StringComparison.Ordinal) => new AtResult(IsSuccess: false, Code(line[Cme.Length..].Trim())),
        _ when line.StartsWith(Cms, StringComparison.Ordinal) =>
            new AtResult(IsSuccess: false, CmsError: Number(line[Cms.Length..].Trim())),
        _ => Failed,
    };

    private static int? Code(string text) => Number(text) ?? Modem.CmeError.CodeOf(text);

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
}

/// <summary>What the modem answered.</summary>
/// <param name="FinalResult">The final result code.</param>
/// <param name="Final">The line of the final result; empty for a numeric command that succeeded.</param>
/// <param name="Information">The lines of information text as received; empty for a numeric command.</param>
/// <param name="Numbers">The numbers behind the colon of the last line of a numeric command.</param>
/// <param name="Kind">What the line of the final result would mean if it were unsolicited, such as the end of a link.</param>
internal readonly record struct AtResponse(
    AtResult FinalResult, string Final, IReadOnlyList<string> Information, AtNumbers Numbers, UrcKind Kind = UrcKind.Unknown)
{
    /// <summary>What came where the information text should have been; <c>null</c> when nothing did, or when that was there.</summary>
    public IReadOnlyList<string>? Unfit { get; init; }
}
