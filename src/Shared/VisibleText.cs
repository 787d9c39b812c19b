using System.Globalization;
using System.Text;

namespace Sim800.Wording;

/// <summary>
/// Text of others as a terminal, a log and a message may show it: no control characters (C0, DEL, C1), so neither line breaks nor control
/// sequences, and nothing that reorders or hides (the bidirectional controls and what else is invisible).
/// </summary>
internal static class VisibleText
{
    /// <summary>Each as an escape that JSON has too.</summary>
    internal static string Of(string text) => Replaced(text, static (visible, unit) => visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}"));

    /// <summary>Each as a space.</summary>
    internal static string Blanked(string text) => Replaced(text, static (visible, _) => visible.Append(' '));

    private static string Replaced(string text, Action<StringBuilder, char> replace)
    {
        var visible = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var length = Rune.TryGetRuneAt(text, i, out var rune) ? rune.Utf16SequenceLength : 1;
            foreach (var unit in text.AsSpan(i, length))
            {
                if (rune != default && IsShown(rune))
                {
                    visible.Append(unit);
                }
                else
                {
                    replace(visible, unit);
                }
            }

            i += length;
        }

        return visible.ToString();
    }

    /// <summary>The joiners belong to words of several scripts.</summary>
    private static bool IsShown(Rune rune) => rune.Value is 0x200C or 0x200D
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
