using System.Globalization;
using System.Text;

namespace Sim800.Fuzz;

/// <summary>What a text for people may not hold, whatever has come in: of an exception or of the log.</summary>
internal static class TextRules
{
    /// <exception cref="BrokenPropertyException">A line of the log breaks a rule.</exception>
    internal static void Check(IEnumerable<string> log, IReadOnlyList<string> secrets)
    {
        foreach (var line in log)
        {
            if ((Told(line, secrets) ?? Steering(line)) is { } complaint)
            {
                throw new BrokenPropertyException("in the log " + complaint);
            }
        }
    }

    internal static string? Told(string text, IReadOnlyList<string> secrets) =>
        secrets.FirstOrDefault(secret => text.Contains(secret, StringComparison.Ordinal)) is { } told ? $"a text tells '{told}': {text}" : null;

    /// <summary>Line breaks and control sequences forge lines and move the cursor, marks of direction and half characters show something else than is there.</summary>
    internal static string? Steering(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune) || Rune.IsControl(rune)
                || rune.Value is 0x61C or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069))
            {
                return string.Create(CultureInfo.InvariantCulture, $"a text has U+{(int)text[at]:X4} at {at}: {text}");
            }

            at += rune.Utf16SequenceLength;
        }

        return null;
    }
}
