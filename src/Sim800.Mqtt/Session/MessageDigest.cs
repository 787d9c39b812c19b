using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Session;

/// <summary>
/// Tells a message that comes again from another one: FNV-1a over topic and payload, 64 bits. It has to be the same in every run, since it is
/// kept in the session store, and it guards against a server's forgetting, not against its malice: that may repeat what it likes anyway.
/// </summary>
internal static class MessageDigest
{
    /// <summary>That of a message kept by a version that took none.</summary>
    internal const long Unknown = 0;

    private const ulong OffsetBasis = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    internal static long Of(in PublishPacket packet)
    {
        var hash = OffsetBasis;
        foreach (var character in packet.Topic)
        {
            hash = unchecked((((hash ^ (byte)character) * Prime) ^ (byte)(character >> 8)) * Prime);
        }

        // No topic holds U+0000, so topic and payload cannot run into one another.
        hash = unchecked(hash * Prime * Prime);
        foreach (var segment in packet.Payload)
        {
            foreach (var value in segment.Span)
            {
                hash = unchecked((hash ^ value) * Prime);
            }
        }

        return hash == Unknown ? 1 : (long)hash;
    }
}
