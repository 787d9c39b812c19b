namespace Sim800.Mqtt.Session;

/// <summary>
/// Finds the message at which a server hangs up, again on every connection. The messages that were under way when the server closed the
/// connection are suspects; after a few such ends each is sent alone, over a connection that has answered a ping before: what ends it then is
/// the message, and not a server that is going down, a subscription or a second client. Pure.
/// </summary>
/// <param name="connections">How many connections have to end at a message before it is convicted, the last of them at it alone; at least 2.</param>
internal sealed class PoisonSearch(int connections)
{
    private readonly Dictionary<long, int> _ends = [];
    private readonly HashSet<long> _underWay = [];
    private bool _isAsked;
    private bool _isProven;
    private bool _isTainted;
    private int _suspects;

    /// <summary>Whether one message is sent at a time.</summary>
    internal bool IsOneByOne => _suspects > 0;

    /// <summary>Whether a ping is to show that the connection works without any message.</summary>
    internal bool WantsPing => IsOneByOne && !_isAsked;

    internal bool AwaitsPong => IsOneByOne && _isAsked && !_isProven;

    /// <summary>Whether a PUBLISH of QoS 1 or 2 may leave now.</summary>
    internal bool MaySend => !IsOneByOne || (_isProven && _underWay.Count == 0);

    /// <summary>How many connections have ended with this message unconfirmed.</summary>
    internal int EndsAt(long sequence) => _ends.GetValueOrDefault(sequence);

    /// <summary>A connection begins.</summary>
    internal void Begin()
    {
        _underWay.Clear();
        _isAsked = _isProven = _isTainted = false;
    }

    internal void OnPing() => _isAsked = true;

    internal void OnPong() => _isProven = _isAsked;

    /// <summary>A message leaves.</summary>
    internal void OnSent(long sequence) => _underWay.Add(sequence);

    /// <summary>Another packet leaves at which the server may hang up as well. Behind the ping, an end of this connection tells nothing then.</summary>
    internal void OnOther() => _isTainted |= IsOneByOne && _isAsked;

    /// <summary>The server has taken the message, or it is of no interest any more.</summary>
    internal void Clear(long sequence)
    {
        _underWay.Remove(sequence);
        if (_ends.Remove(sequence, out var ends) && IsSuspicious(ends))
        {
            _suspects--;
        }
    }

    /// <summary>The connection has ended.</summary>
    /// <param name="byServer">Whether the server has closed it.</param>
    /// <returns>The message that is convicted; 0 for none.</returns>
    internal long End(bool byServer)
    {
        var convicted = 0L;
        if (byServer && !_isTainted)
        {
            convicted = IsOneByOne ? JudgeOne() : SuspectAll();
        }

        _underWay.Clear();
        return convicted;
    }

    private long JudgeOne()
    {
        foreach (var sequence in _underWay)
        {
            Count(sequence);
            return _isProven && EndsAt(sequence) >= connections ? sequence : 0;
        }

        if (!_isProven)
        {
            _ends.Clear(); // it ends without them too
            _suspects = 0;
        }

        return 0;
    }

    private long SuspectAll()
    {
        foreach (var sequence in _underWay)
        {
            Count(sequence);
        }

        return 0;
    }

    private void Count(long sequence)
    {
        var ends = EndsAt(sequence) + 1;
        _ends[sequence] = ends;
        _suspects += IsSuspicious(ends) && !IsSuspicious(ends - 1) ? 1 : 0;
    }

    private bool IsSuspicious(int ends) => ends >= connections - 1;
}
