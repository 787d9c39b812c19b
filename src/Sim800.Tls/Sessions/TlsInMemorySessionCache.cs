namespace Sim800.Tls;

/// <summary>Sessions of this process, gone with it.</summary>
public sealed class TlsInMemorySessionCache : ITlsSessionCache
{
    private readonly int _capacity;
    private readonly Dictionary<TlsSessionKey, TlsSession> _sessions = [];

    /// <param name="capacity">How many are kept at most; the oldest goes first.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    public TlsInMemorySessionCache(int capacity = 16)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
    }

    /// <inheritdoc/>
    public TlsSession? Find(TlsSessionKey key, DateTimeOffset now)
    {
        lock (_sessions)
        {
            if (!_sessions.TryGetValue(key, out var session) || session.IsFresh(now))
            {
                return session;
            }

            _sessions.Remove(key);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Store(TlsSessionKey key, TlsSession session)
    {
        lock (_sessions)
        {
            _sessions[key] = session;
            if (_sessions.Count > _capacity)
            {
                _sessions.Remove(_sessions.MinBy(pair => pair.Value.CreatedAt).Key);
            }
        }
    }

    /// <inheritdoc/>
    public void Remove(TlsSessionKey key)
    {
        lock (_sessions)
        {
            _sessions.Remove(key);
        }
    }
}
