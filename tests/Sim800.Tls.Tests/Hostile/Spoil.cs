using TestKit.Hostile.Tls;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>What can be done to one message of a handshake, or to two.</summary>
internal static class Spoil
{
    internal static List<byte[]> Flip(List<byte[]> messages, int message, int bit)
    {
        // A signature has 70 to 72 bytes, each time anew.
        messages[message][(bit / 8) % messages[message].Length] ^= (byte)(1 << (bit % 8));
        return messages;
    }

    internal static List<byte[]> Shorten(List<byte[]> messages, int message, int missing)
    {
        var body = messages[message].AsSpan(4);
        messages[message] = ScriptedTlsServer.Message(messages[message][0], body.IsEmpty ? [0] : body[..Math.Max(0, body.Length - missing)]);
        return messages;
    }

    internal static List<byte[]> Lengthen(List<byte[]> messages, int message)
    {
        messages[message] = ScriptedTlsServer.Message(messages[message][0], [.. messages[message][4..], 0]);
        return messages;
    }

    internal static List<byte[]> Swap(List<byte[]> messages, int i, int j)
    {
        (messages[i], messages[j]) = (messages[j], messages[i]);
        return messages;
    }
}
