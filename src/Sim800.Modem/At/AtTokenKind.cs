namespace Sim800.Modem.At;

internal enum AtTokenKind
{
    /// <summary>A non-empty line, without its CR LF.</summary>
    Line,

    /// <summary>The <c>&gt;</c> that invites a payload.</summary>
    Prompt,

    /// <summary>Some of the raw bytes announced by <see cref="AtParser.ExpectData"/>.</summary>
    Data,

    /// <summary>The raw bytes are complete, but no CR follows them: some were lost on the line.</summary>
    DataSlipped,

    /// <summary>A line longer than <see cref="AtParser.MaxLineLength"/> was thrown away.</summary>
    Overlong,
}
