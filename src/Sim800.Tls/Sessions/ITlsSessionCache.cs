namespace Sim800.Tls;

/// <summary>
/// Remembers sessions, so that the next handshake with the same server takes one round trip and some 500 bytes instead of
/// two and some 2,700. Implementations are safe for concurrent use and never throw: a cache that fails is an empty one.
/// </summary>
public interface ITlsSessionCache
{
    /// <summary>The session to offer, or <c>null</c>: none, expired at <paramref name="now"/>, or unreadable.</summary>
    TlsSession? Find(TlsSessionKey key, DateTimeOffset now);

    /// <summary>Keeps <paramref name="session"/> in the place of an older one.</summary>
    void Store(TlsSessionKey key, TlsSession session);

    /// <summary>Forgets the session: the server or a check refused it.</summary>
    void Remove(TlsSessionKey key);
}
