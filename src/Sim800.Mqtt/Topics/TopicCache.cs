using System.Buffers;
using System.Text;

namespace Sim800.Mqtt.Topics;

/// <summary>The topics seen lately, so that a message on one of them needs no new string. A fixed number of slots, replaced by hash.</summary>
internal sealed class TopicCache
{
    private const int Slots = 64;
    private const int LongestKept = 256;

    private string?[] _topics = [];
    private byte[]?[] _bytes = [];

    /// <exception cref="MqttProtocolException">The bytes are no topic name.</exception>
    internal string Get(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length > LongestKept)
        {
            return TopicName.Read(bytes);
        }

        if (_topics.Length == 0)
        {
            (_topics, _bytes) = (new string?[Slots], new byte[]?[Slots]); // a client that only publishes needs none
        }

        Span<byte> copy = stackalloc byte[LongestKept];
        bytes.CopyTo(copy);
        var key = copy[..(int)bytes.Length];
        var slot = Hash(key) % Slots;
        if (_bytes[slot] is { } known && key.SequenceEqual(known))
        {
            return _topics[slot]!;
        }

        var topic = TopicName.Read(bytes);
        (_bytes[slot], _topics[slot]) = (Encoding.UTF8.GetBytes(topic), topic);
        return topic;
    }

    // FNV-1a: a server that aims at one slot gains nothing but a new string a message.
    private static uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = 2_166_136_261;
        foreach (var value in key)
        {
            hash = unchecked((hash ^ value) * 16_777_619);
        }

        return hash;
    }
}
