using System.Buffers;
using Sim800.Mqtt.Codec;

namespace Sim800.Mqtt.Topics;

/// <summary>What a subscription asks for (MQTT 3.1.1 §4.7.1): levels, of which '+' stands for one and a last '#' for all that follow.</summary>
internal static class TopicFilter
{
    internal const char Separator = '/';
    internal const string SingleLevel = "+";
    internal const string MultiLevel = "#";

    /// <summary>First levels that are an instruction to the server, which delivers what the rest of the filter asks for.</summary>
    private static readonly string[] Words = ["$queue/", "$exclusive/", "$local/"];

    /// <summary>The same, followed by one level more: the name of a group, or a time.</summary>
    private static readonly string[] WordsWithLevel = ["$share/", "$oshare/", "$delayed/"];

    internal static bool IsValid(string filter)
    {
        if (filter.Length == 0)
        {
            return false;
        }

        var rest = filter.AsSpan();
        for (var last = false; !last;)
        {
            var end = rest.IndexOf(Separator);
            last = end < 0;
            var level = last ? rest : rest[..end];
            var wildcard = level.IndexOfAny('+', '#');
            if (wildcard >= 0 && (level.Length != 1 || (level[0] == '#' && !last)))
            {
                return false;
            }

            rest = last ? default : rest[(end + 1)..];
        }

        return true;
    }

    /// <summary>Whether one filter asks for one topic; for many filters there is <see cref="TopicTrie{T}"/>.</summary>
    internal static bool IsMatch(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (topic is ['$', ..] && filter is ['+' or '#', ..])
        {
            return false; // [MQTT-4.7.2-1]
        }

        while (true)
        {
            if (filter is MultiLevel)
            {
                return true;
            }

            var (wanted, level) = (LevelEnd(filter), LevelEnd(topic));
            if (filter[..wanted] is not SingleLevel && !filter[..wanted].SequenceEqual(topic[..level]))
            {
                return false;
            }

            var (isLastWanted, isLast) = (wanted == filter.Length, level == topic.Length);
            if (isLastWanted || isLast)
            {
                return (isLastWanted && isLast) || (isLast && filter[(wanted + 1)..] is MultiLevel); // '#' includes the parent level (§4.7.1.2)
            }

            filter = filter[(wanted + 1)..];
            topic = topic[(level + 1)..];
        }
    }

    /// <exception cref="ArgumentException">The text is no topic filter.</exception>
    internal static void ThrowIfInvalid(string filter, string parameter)
    {
        WireText.ThrowIfInvalid(filter, parameter);
        if (!IsValid(filter))
        {
            throw new ArgumentException(
                "A topic filter has at least one character; '+' and '#' stand alone in their level, and '#' in the last one.", parameter);
        }
    }

    internal static string Read(ref SequenceReader<byte> reader)
    {
        var filter = WireText.ReadString(ref reader);
        return IsValid(filter) ? filter : throw new MqttProtocolException(MqttProtocolError.InvalidTopicFilter);
    }

    /// <summary>The part that topics are compared with: of <c>$share/group/filter</c> and <c>$queue/filter</c>, which many servers know, the
    /// filter. Words may follow one another.</summary>
    internal static string Matched(string filter)
    {
        while (WordEnd(filter) is > 0 and var end && end < filter.Length)
        {
            filter = filter[end..];
        }

        return filter;
    }

    /// <summary>The filters of the topics that a server may send for <paramref name="filter"/>: to one that does not know the word, it is a
    /// level like any other.</summary>
    internal static IEnumerable<string> TopicsOf(string filter) => new[] { filter, Matched(filter) }.Distinct(StringComparer.Ordinal);

    private static int LevelEnd(ReadOnlySpan<char> text) => text.IndexOf(Separator) is >= 0 and var end ? end : text.Length;

    private static int WordEnd(string filter)
    {
        if (Array.Find(Words, word => filter.StartsWith(word, StringComparison.Ordinal)) is { } alone)
        {
            return alone.Length;
        }

        if (Array.Find(WordsWithLevel, word => filter.StartsWith(word, StringComparison.Ordinal)) is not { } first)
        {
            return 0;
        }

        var end = filter.IndexOf(Separator, first.Length);
        return end > first.Length ? end + 1 : 0;
    }
}
