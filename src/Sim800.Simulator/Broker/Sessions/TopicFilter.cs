namespace Sim800.Simulator.Broker.Sessions;

/// <summary>Topic names and topic filters (MQTT 3.1.1 §4.7).</summary>
internal static class TopicFilter
{
    /// <summary>Not empty and without a wildcard (§4.7.3, §3.3.2.1).</summary>
    internal static bool IsTopicName(string topic) => topic.Length > 0 && topic.AsSpan().IndexOfAny('+', '#') < 0;

    /// <summary><c>#</c> only as the whole last level, <c>+</c> only as a whole level (§4.7.1).</summary>
    internal static bool IsValid(string filter)
    {
        var rest = filter.AsSpan();
        for (var more = filter.Length > 0; more;)
        {
            more = NextLevel(ref rest, out var level);
            if ((level.Length > 1 && level.IndexOfAny('+', '#') >= 0) || (level is "#" && more))
            {
                return false;
            }
        }

        return filter.Length > 0;
    }

    /// <summary>Whether <paramref name="topic"/> falls under <paramref name="filter"/>; a leading <c>$</c> hides from wildcards (§4.7.2).</summary>
    internal static bool Matches(string filter, string topic)
    {
        if (topic[0] == '$' && filter[0] is '+' or '#')
        {
            return false;
        }

        var wanted = filter.AsSpan();
        var actual = topic.AsSpan();
        var (moreWanted, moreActual) = (true, true);
        while (moreWanted && moreActual)
        {
            moreWanted = NextLevel(ref wanted, out var want);
            if (want is "#")
            {
                return true;
            }

            moreActual = NextLevel(ref actual, out var have);
            if (want is not "+" && !want.SequenceEqual(have))
            {
                return false;
            }
        }

        // "sport/#" also matches its parent "sport" (§4.7.1.2)
        return moreWanted == moreActual || (moreWanted && wanted is "#");
    }

    /// <summary>Cuts one level off; <c>true</c> when another one follows, even an empty one.</summary>
    private static bool NextLevel(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> level)
    {
        var slash = rest.IndexOf('/');
        level = slash < 0 ? rest : rest[..slash];
        rest = slash < 0 ? [] : rest[(slash + 1)..];
        return slash >= 0;
    }
}
