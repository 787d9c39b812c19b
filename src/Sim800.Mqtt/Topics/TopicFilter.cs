using System.Buffers;
using Sim800.Mqtt.Codec;

namespace Sim800.Mqtt.Topics;

/// <summary>What a subscription asks for (MQTT 3.1.1 §4.7.1): levels, of which '+' stands for one and a last '#' for all that follow.</summary>
internal static class TopicFilter
{
    internal const char Separator = '/';
    internal const string SingleLevel = "+";
    internal const string MultiLevel = "#";

    private const string SharedPrefix = "$share/";

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

    /// <summary>The part that topics are compared with: of <c>$share/group/filter</c>, which many servers know, the filter.</summary>
    internal static string Matched(string filter)
    {
        if (!filter.StartsWith(SharedPrefix, StringComparison.Ordinal))
        {
            return filter;
        }

        var groupEnd = filter.IndexOf(Separator, SharedPrefix.Length);
        return groupEnd > SharedPrefix.Length && groupEnd + 1 < filter.Length ? filter[(groupEnd + 1)..] : filter;
    }
}
