using Sim800.Wording;

namespace Sim800.Mqtt;

/// <summary>The server broke the protocol; the connection is closed.</summary>
public sealed class MqttProtocolException : MqttException
{
    private const int MaxShown = 200;

    internal MqttProtocolException(MqttProtocolError error, Exception? inner = null)
        : this(error, RemedyFor(error), topic: null, inner)
    {
    }

    internal MqttProtocolException(MqttProtocolError error, MqttRemedy remedy)
        : this(error, remedy, topic: null, inner: null)
    {
    }

    private MqttProtocolException(MqttProtocolError error, MqttRemedy remedy, string? topic, Exception? inner)
        : base(
            topic is null
                ? $"The server broke MQTT 3.1.1: {error}."
                : $"The server broke MQTT 3.1.1: {error}, a message with the topic \"{Shown(topic)}\".",
            remedy,
            inner) => (Error, Topic) = (error, topic);

    /// <summary>What exactly was wrong.</summary>
    public MqttProtocolError Error { get; }

    /// <summary>
    /// The topic of the message that broke it, with U+FFFD for what is not UTF-8; <c>null</c> where it was not the topic. The message shows it up to
    /// the first character that no topic has, because a topic of a wrong length may hold some of the payload.
    /// </summary>
    public string? Topic { get; }

    /// <summary>A message whose topic is none.</summary>
    internal static MqttProtocolException OfTopic(MqttProtocolError error, string topic, Exception? inner = null) =>
        new(error, MqttRemedy.PassOverInvalidTopics, topic, inner);

    /// <summary>
    /// As much of a topic as a message or the log shows, so that it forges no line there. Behind the first character that no topic has may stand what
    /// the topic's length has swallowed of the payload.
    /// </summary>
    internal static string Shown(string topic)
    {
        var length = topic.AsSpan().IndexOfAny('\0', '\uFFFD') is >= 0 and var bad ? bad + 1 : topic.Length;
        length = Math.Min(length, MaxShown);
        return VisibleText.Of(length == topic.Length ? topic : topic[..length] + "...");
    }

    private static MqttRemedy RemedyFor(MqttProtocolError error) => error switch
    {
        MqttProtocolError.PacketTooLarge => MqttRemedy.RaiseMaxPacketSize,
        MqttProtocolError.ConnAckExpected or MqttProtocolError.RemainingLengthTooLong
            or MqttProtocolError.ReservedPacketType or MqttProtocolError.InvalidFlags
            => MqttRemedy.CheckPortAndTls,
        _ => MqttRemedy.UpdateServer,
    };
}
