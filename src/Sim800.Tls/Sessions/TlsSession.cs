using Sim800.Tls.Sessions;

namespace Sim800.Tls;

/// <summary>
/// A TLS 1.2 session that can be resumed by ticket (RFC 5077) or session id (RFC 5246 §F.1.4). Holds the master secret:
/// who reads it can read every connection that shares it.
/// </summary>
public sealed class TlsSession
{
    /// <summary>No session is resumed for longer, whatever the server's hint (RFC 5077 §5.6 leaves it to policy).</summary>
    internal static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);

    /// <summary>Protocol version, as on the wire: 0x0303 is TLS 1.2.</summary>
    internal ushort Version { get; init; }

    /// <summary>IANA number of the cipher suite.</summary>
    internal ushort CipherSuite { get; init; }

    /// <summary>Made with the extended master secret (RFC 7627): others are not resumed.</summary>
    internal bool ExtendedMasterSecret { get; init; }

    /// <summary>Made although TLS 1.3 was offered: the server has nothing newer than TLS 1.2, so the session can be resumed beside such an offer.</summary>
    internal bool DespiteTls13 { get; init; }

    /// <summary>48 octets.</summary>
    internal byte[] MasterSecret { get; init; } = [];

    /// <summary>The server's session id; may be empty.</summary>
    internal byte[] SessionId { get; init; } = [];

    /// <summary>The server's ticket; may be empty.</summary>
    internal byte[] Ticket { get; init; } = [];

    /// <summary>The chain the server proved itself with, its own first; validated again before it is relied on.</summary>
    internal IReadOnlyList<byte[]> ServerCertificates { get; init; } = [];

    /// <summary>When it was made, by trusted time.</summary>
    public DateTimeOffset CreatedAt { get; internal init; }

    /// <summary>How long it may be offered: the server's hint, at most 24 hours.</summary>
    public TimeSpan Lifetime { get; internal init; }

    /// <summary>May be offered at <paramref name="now"/>; not from the future either, which means a clock was wrong.</summary>
    public bool IsFresh(DateTimeOffset now)
    {
        var age = now - CreatedAt;
        return age >= TimeSpan.Zero && age < (Lifetime < LongestLifetime ? Lifetime : LongestLifetime);
    }

    /// <summary>As octets, for a cache of your own. They hold the master secret: keep them as you would keep a password.</summary>
    public byte[] ToBytes() => TlsSessionCodec.Write(this);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <returns><c>null</c> if it is anything else, or of another version of this library's format.</returns>
    public static TlsSession? FromBytes(ReadOnlySpan<byte> bytes) => TlsSessionCodec.Read(bytes);
}
