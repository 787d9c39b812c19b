using System.Buffers;
using System.Text;
using Sim800.Mqtt.Codec;

namespace Sim800.Mqtt.Topics;

/// <summary>Where a message is published (MQTT 3.1.1 §4.7): at least one character, no wildcards.</summary>
internal static class TopicName
{
    internal static bool IsValid(string topic) => topic.Length > 0 && topic.AsSpan().IndexOfAny('+', '#') < 0;

    /// <exception cref="MqttProtocolException">The bytes are no topic name; it names what they are.</exception>
    internal static string Read(in ReadOnlySequence<byte> bytes)
    {
        try
        {
            var topic = WireText.Decode(bytes);
            return IsValid(topic) ? topic : throw MqttProtocolException.OfTopic(MqttProtocolError.InvalidTopic, topic);
        }
        catch (MqttProtocolException e) when (e.Topic is null)
        {
            throw MqttProtocolException.OfTopic(e.Error, Encoding.UTF8.GetString(bytes), e);
        }
    }

    /// <exception cref="ArgumentException">The text is no topic name.</exception>
    internal static void ThrowIfInvalid(string topic, string parameter)
    {
        WireText.ThrowIfInvalid(topic, parameter);
        if (!IsValid(topic))
        {
            throw new ArgumentException("A topic has at least one character and no wildcard ('+' or '#').", parameter);
        }
    }
}
