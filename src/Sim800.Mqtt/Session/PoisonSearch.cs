using System.Runtime.InteropServices;

namespace Sim800.Mqtt.Session;

/// <summary>
/// Finds the message at which a server hangs up, again on every connection. The messages that were under way when the server closed the
/// connection are suspects; after a few such ends each is sent alone, over a connection that has answered a ping before: what ends it then is
/// the message, and not a server that is going down, a subscription or a second client. Pure.
/// </summary>
/// <param name="connections">How many connections have to end at a message before it is convicted, the last of them at it alone; at least 2.</param>
internal sealed class PoisonSearch(int connections)
{
    /// <summary>What an end without a farewell counts against one with: the longest message of a bad line looks guilty three times running, not twelve times.</summary>
    private const int Weight = 4;

    private readonly Dictionary<long, Suspicion> _ends = [];
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
    internal int EndsAt(long sequence) => _ends.GetValueOrDefault(sequence).Ends;

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
        if (_ends.Remove(sequence, out var suspicion) && IsSuspicious(suspicion.Ends))
        {
            _suspects--;
        }
    }

    /// <summary>Something else than the messages may be the cause of all ends so far: a line that damages bytes, at which a server hangs up as well.</summary>
    internal void Doubt()
    {
        _ends.Clear();
        _suspects = 0;
    }

    /// <summary>The connection has ended.</summary>
    /// <param name="cause">Who has closed it.</param>
    /// <returns>The message that is convicted; 0 for none.</returns>
    internal long End(ConnectionEndCause cause)
    {
        var convicted = 0L;
        if (cause != ConnectionEndCause.Other && !_isTainted)
        {
            var weight = cause == ConnectionEndCause.Server ? Weight : 1;
            convicted = IsOneByOne ? JudgeOne(weight) : SuspectAll(weight);
        }

        _underWay.Clear();
        return convicted;
    }

    private long JudgeOne(int weight)
    {
        foreach (var sequence in _underWay)
        {
            return Count(sequence, weight).Weight >= connections * Weight && _isProven ? sequence : 0;
        }

        if (!_isProven)
        {
            Doubt(); // it ends without them too
        }

        return 0;
    }

    private long SuspectAll(int weight)
    {
        foreach (var sequence in _underWay)
        {
            Count(sequence, weight);
        }

        return 0;
    }

    private Suspicion Count(long sequence, int weight)
    {
        var before = _ends.GetValueOrDefault(sequence);
        var now = new Suspicion(before.Ends + 1, before.Weight + weight);
        _ends[sequence] = now;
        _suspects += IsSuspicious(now.Ends) && !IsSuspicious(before.Ends) ? 1 : 0;
        return now;
    }

    private bool IsSuspicious(int ends) => ends >= connections - 1;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Suspicion(int Ends, int Weight);
}

/// <summary>Who has ended a connection, as far as can be told here.</summary>
internal enum ConnectionEndCause
{
    /// <summary>This side, the network or the modem.</summary>
    Other,

    /// <summary>The server, as it seems: TLS ended without close_notify, as after a damaged record too.</summary>
    PerhapsServer,

    /// <summary>The server.</summary>
    Server,
}
