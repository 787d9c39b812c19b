namespace Sim800.Wording;

/// <summary>What somebody may have meant.</summary>
internal static class Spelling
{
    /// <summary>A sentence with the nearest of the known words; empty when none is near.</summary>
    internal static string Hint(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } nearest ? $" Did you mean {nearest}?" : string.Empty;

    /// <returns>The nearest word, if less than half of the letters differ.</returns>
    internal static string? Nearest(string word, IEnumerable<string> known)
    {
        var (nearest, least) = ((string?)null, int.MaxValue);
        foreach (var candidate in known.Where(candidate => candidate.Length > 2 || word.Length <= 2))
        {
            var distance = Distance(word, candidate);
            if (distance < least && distance * 2 <= Math.Max(word.Length, candidate.Length))
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>How many letters have to be added, dropped, replaced or exchanged with their neighbour (optimal string alignment).</summary>
    internal static int Distance(string one, string other)
    {
        var costs = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    costs[i, j] = i + j;
                    continue;
                }

                var isSame = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]);
                costs[i, j] = Math.Min(Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1, costs[i - 1, j - 1] + (isSame ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
                }
            }
        }

        return costs[one.Length, other.Length];
    }
}
