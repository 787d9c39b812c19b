namespace Sim800.Simulator.Machine;

/// <summary>Splitting at a separator that does not count between quotes.</summary>
internal static class QuotedText
{
    internal static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            if (text[i] == separator && !quoted)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    internal static bool IsBalanced(string text) => text.Count(c => c == '"') % 2 == 0;
}
