using System.Collections.Immutable;

namespace Sim800.Modem.At;

/// <summary>What the engine has to know about a family of modems. It is data, and the family's dialect supplies it.</summary>
internal sealed record AtTables
{
    /// <summary>The unsolicited result codes. The first row that matches a line is taken.</summary>
    public required ImmutableArray<UrcRow> Urcs { get; init; }

    /// <summary>The lines behind which raw bytes follow.</summary>
    public required ImmutableArray<CountedDataRow> CountedData { get; init; }

    /// <summary>The lines with a text in quotes that may run over several lines.</summary>
    public IReadOnlyList<AtPattern> Texts { get; init; } = [];

    /// <summary>The largest block of raw bytes that a line can announce. A larger number was damaged on the line.</summary>
    public required int MaxCountedData { get; init; }

    /// <summary>
    /// The commands that show, in this order, that the modem is in step again after a time-out. The last one must be a query whose
    /// answer is unmistakable: it is the fence behind which no answer to an earlier command can follow.
    /// </summary>
    public required IReadOnlyList<AtCommand> Resynchronisation { get; init; }

    /// <summary>Bytes by which a starting modem is recognised although they are no line of text; empty when there are none.</summary>
    public ReadOnlyMemory<byte> BootBytes { get; init; }

    /// <summary>Whether the modem may put NUL bytes between its lines, which mean nothing.</summary>
    public bool SkipsNul { get; init; }

    /// <summary>Whether the modem may repeat a payload although command lines are not echoed.</summary>
    public bool EchoesPayload { get; init; }

    /// <summary>How long a modem that sleeps when its line is idle stays awake after the last character, less a margin.</summary>
    public TimeSpan StaysAwake { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The pause between the character that wakes the modem, which is lost, and the first one that it hears.</summary>
    public TimeSpan WakeUpPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The row of the line; <see cref="UrcRow.Unknown"/> when the table has none. Allocates nothing.</summary>
    internal UrcRow Find(ReadOnlySpan<byte> line)
    {
        foreach (var row in Urcs)
        {
            if (row.Pattern.Matches(line))
            {
                return row;
            }
        }

        return !BootBytes.IsEmpty && line.IndexOf(BootBytes.Span) >= 0 ? UrcRow.BootNoise : UrcRow.Unknown;
    }

    /// <summary>What the line means, without its text.</summary>
    internal Urc Read(ReadOnlySpan<byte> line) => Find(line).Read(line);
}

/// <summary>A row of the table of unsolicited result codes.</summary>
/// <param name="Pattern">The shape of the line.</param>
/// <param name="Kind">What it means.</param>
internal sealed record UrcRow(AtPattern Pattern, UrcKind Kind)
{
    /// <summary>The first number in the pattern is the link that the line is about.</summary>
    public bool NamesLink { get; init; }

    /// <summary>Kind and link say everything, so that the text is not handed on and the line costs no allocation.</summary>
    public bool IsNumeric { get; init; }

    /// <summary>Whether the next line belongs to this one.</summary>
    public UrcBody Body { get; init; }

    /// <summary>The text is the user's own, or may be a piece of payload: it is not logged.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Stands for every line that the table does not have.</summary>
    internal static UrcRow Unknown { get; } = new("*", UrcKind.Unknown) { IsPrivate = true };

    /// <summary>Stands for a line with the bytes that a starting modem sends.</summary>
    internal static UrcRow BootNoise { get; } = new("*", UrcKind.Started);

    internal Urc Read(ReadOnlySpan<byte> line) =>
        new(Kind, NamesLink && Pattern.TryRead(line, out var numbers) ? numbers.First : -1, null);
}

/// <summary>What follows the first line of an unsolicited result code.</summary>
internal enum UrcBody
{
    /// <summary>Nothing: one line is all.</summary>
    None,

    /// <summary>A line of any text.</summary>
    Text,

    /// <summary>A line of hexadecimal digits. Any other line shows that it was lost.</summary>
    Hex,
}

/// <summary>
/// A line behind which raw bytes follow. The numbers of its pattern are, in this order, the link, the count of the bytes that follow
/// and, in the answer to a read, the count of those that stay in the modem.
/// </summary>
/// <param name="Pattern">The shape of the line.</param>
/// <param name="IsPushed">Whether the modem sends the bytes unasked.</param>
internal sealed record CountedDataRow(AtPattern Pattern, bool IsPushed);
