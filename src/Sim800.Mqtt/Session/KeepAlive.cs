namespace Sim800.Mqtt.Session;

/// <summary>
/// The keep-alive of MQTT 3.1.1 §3.1.2.10 with two deadlines. Sending: no more than the keep-alive passes between two
/// packets of ours, or the server hangs up. Receiving: a server that is silent for as long is asked (PINGREQ), also
/// while we publish, and is given up when it has been silent for one and a half times the keep-alive.
/// </summary>
/// <remarks>Times are timestamps in ticks of 100 ns from any origin. Pure: never looks at a clock.</remarks>
internal sealed class KeepAlive
{
    private readonly long _interval;
    private readonly long _pingAfter;
    private long _lastSent;
    private long _lastReceived;
    private bool _pingPending;
    private bool _pingSent;

    internal KeepAlive(TimeSpan interval, long now)
    {
        _interval = interval.Ticks;

        // PINGREQ needs time to get through: a tenth of the interval, but no more than ten seconds.
        _pingAfter = _interval - Math.Min(_interval / 10, TimeSpan.FromSeconds(10).Ticks);
        (_lastSent, _lastReceived) = (now, now);
    }

    /// <summary>When <see cref="OnDeadline"/> wants to be called next.</summary>
    internal long NextDeadline => _interval == 0
        ? long.MaxValue
        : _pingPending ? DeadAt : Math.Min(DeadAt, Math.Min(_lastSent, _lastReceived) + _pingAfter);

    // While PINGREQ waits behind a packet that is long but makes progress, the server cannot be blamed for its silence.
    private long DeadAt => Math.Max(
        _lastReceived + _interval + (_interval / 2),
        _pingPending && !_pingSent ? _lastSent + (_interval / 2) : long.MinValue);

    /// <summary>Whether PINGREQ is not answered yet.</summary>
    internal bool AwaitsPong => _pingPending;

    internal TimeSpan Silence(long now) => TimeSpan.FromTicks(now - _lastReceived);

    /// <summary>Bytes have gone to the transport; everything means that PINGREQ, if there was one, is among them.</summary>
    internal void OnSent(long now, bool everything)
    {
        _lastSent = now;
        _pingSent |= _pingPending && everything;
    }

    /// <summary>Bytes have come from the server; any will do.</summary>
    internal void OnReceived(long now)
    {
        _lastReceived = now;
        _pingPending = _pingPending && !_pingSent;
    }

    /// <summary>PINGRESP has come, perhaps before the flush that carried PINGREQ has returned.</summary>
    internal void OnPong() => _pingPending = false;

    internal KeepAliveStep OnDeadline(long now)
    {
        if (now < NextDeadline)
        {
            return KeepAliveStep.Wait;
        }

        if (now >= DeadAt)
        {
            return KeepAliveStep.Dead;
        }

        (_pingPending, _pingSent) = (true, false);
        return KeepAliveStep.Ping;
    }
}

/// <summary>What the keep-alive asks for at a deadline.</summary>
internal enum KeepAliveStep
{
    /// <summary>Nothing yet.</summary>
    Wait,

    /// <summary>Send PINGREQ.</summary>
    Ping,

    /// <summary>The server has been silent too long: close.</summary>
    Dead,
}
