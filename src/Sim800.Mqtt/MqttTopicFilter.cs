using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt;

/// <summary>A topic filter and a quality of service (MQTT 3.1.1 §3.8.3): the highest one wanted, or the one granted.</summary>
/// <param name="Filter">The topic filter: levels separated by '/', of which '+' stands for one and a last '#' for all that follow.</param>
/// <param name="QoS">The quality of service. Default 1.</param>
public readonly record struct MqttTopicFilter(string Filter, MqttQoS QoS = MqttQoS.AtLeastOnce)
{
    /// <summary>The filter with QoS 1.</summary>
    /// <param name="filter">The topic filter.</param>
    public static implicit operator MqttTopicFilter(string filter) => new(filter);

    /// <summary>Whether the filter is one (MQTT 3.1.1 §4.7.1): '+' and '#' stand alone in their level, '#' in the last one, and the whole has 1
    /// to 65,535 bytes of UTF-8 without U+0000.</summary>
    public bool IsValid => Filter is not null && WireText.IsValid(Filter) && TopicFilter.IsValid(Filter);

    /// <summary>Whether the filter asks for a topic (MQTT 3.1.1 §4.7). What a server's own word in front of a filter stands for is not looked at.</summary>
    /// <param name="topic">The topic name.</param>
    public bool IsMatch(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return TopicFilter.IsMatch(Filter, topic);
    }

    /// <summary>Checks the filters of one subscription; of a filter that occurs more than once, the highest QoS counts.</summary>
    /// <exception cref="ArgumentException">There is none, or one is invalid.</exception>
    internal static MqttTopicFilter[] Distinct(IReadOnlyCollection<MqttTopicFilter> filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        var highest = new Dictionary<string, MqttQoS>(filters.Count, StringComparer.Ordinal);
        foreach (var (filter, qos) in filters)
        {
            TopicFilter.ThrowIfInvalid(filter, nameof(filters));
            if (qos is < MqttQoS.AtMostOnce or > MqttQoS.ExactlyOnce)
            {
                throw new ArgumentException("The quality of service is 0, 1 or 2.", nameof(filters));
            }

            highest[filter] = highest.TryGetValue(filter, out var before) && before > qos ? before : qos;
        }

        return highest.Count > 0
            ? [.. highest.Select(filter => new MqttTopicFilter(filter.Key, filter.Value))]
            : throw new ArgumentException("A subscription needs at least one topic filter [MQTT-3.8.3-3].", nameof(filters));
    }
}
