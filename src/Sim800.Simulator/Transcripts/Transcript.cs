using System.Globalization;

namespace Sim800.Simulator;

/// <summary>What passed on a serial line, as <see cref="TranscriptRecorder"/> writes it.</summary>
public sealed record Transcript
{
    /// <summary>The exchanges in order.</summary>
    public required IReadOnlyList<TranscriptEntry> Entries { get; init; }

    /// <summary>
    /// Reads lines of <c>seconds &gt; text</c> (host) and <c>seconds &lt; text</c> (modem). Empty lines and lines that begin
    /// with <c>#</c> do not count.
    /// </summary>
    /// <exception cref="TranscriptException">A line is not of that form, or the time goes back.</exception>
    public static Transcript Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var entries = new List<TranscriptEntry>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var entry = line.TrimEnd('\r');
            if (entry.Length > 0 && entry[0] != '#')
            {
                entries.Add(ParseLine(entry, number, entries.Count > 0 ? entries[^1].At : TimeSpan.Zero));
            }
        }

        return new Transcript { Entries = entries };
    }

    private static TranscriptEntry ParseLine(string line, int number, TimeSpan earliest)
    {
        try
        {
            if (line.Split(' ', 3) is not [var seconds, ">" or "<", _] parts
                || !decimal.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var time)
                || time > int.MaxValue)
            {
                throw Bad("it is not 'seconds > text' or 'seconds < text'");
            }

            var at = TimeSpan.FromMilliseconds((double)(time * 1000));
            return at < earliest
                ? throw Bad("its time is before the line above")
                : new TranscriptEntry(at, parts[1] is ">", TranscriptText.Unescape(parts[2]));
        }
        catch (FormatException e)
        {
            throw Bad(e.Message.TrimEnd('.'), e);
        }

        TranscriptException Bad(string why, Exception? inner = null) => new(
            $"Line {number.ToString(CultureInfo.InvariantCulture)} of the transcript cannot be read: {why}.",
            "Record it with TranscriptRecorder or correct the line.",
            number,
            inner);
    }
}

/// <summary>One line of a <see cref="Transcript"/>.</summary>
/// <param name="At">When its first byte passed, since the start.</param>
/// <param name="IsHost">The host said it; otherwise the modem.</param>
/// <param name="Bytes">What was said.</param>
public sealed record TranscriptEntry(TimeSpan At, bool IsHost, ReadOnlyMemory<byte> Bytes);
