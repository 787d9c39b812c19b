using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>All that is due at some time on one connection, with the timer that wakes for the earliest. Belongs to the
/// core's gate.</summary>
internal sealed class ConnectionDeadlines : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly MqttClientOptions _options;
    private readonly ResponseDeadline _connAck;
    private readonly ResponseDeadline _response;
    private readonly ResponseDeadline _unclaimed;
    private readonly ResponseDeadline _heldBack;
    private readonly KeepAlive _keepAlive;
    private long _armedFor = long.MaxValue;
    private long _answered;

    internal ConnectionDeadlines(MqttClientOptions options, Action onDue)
    {
        (_options, _clock) = (options, options.TimeProvider);
        _origin = _clock.GetTimestamp();
        _connAck = new ResponseDeadline(options.ConnectTimeout);
        _response = new ResponseDeadline(options.ResponseTimeout);
        _unclaimed = new ResponseDeadline(options.UnclaimedTimeout);
        _heldBack = new ResponseDeadline(options.HeldBackWarning);
        _keepAlive = new KeepAlive(options.KeepAlive, now: 0);
        _timer = _clock.CreateTimer(static due => ((Action)due!)(), onDue, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private long Now => _clock.GetElapsedTime(_origin).Ticks;

    internal void OnReceived() => _keepAlive.OnReceived(Now);

    internal void OnPong() => _keepAlive.OnPong();

    internal void OnSent(ClientCore core, bool everything)
    {
        _keepAlive.OnSent(Now, everything);
        TrustLink(core, Now);
    }

    /// <summary>Notes what the server and the transport owe, and wakes no later than that is due.</summary>
    internal void Update(ClientCore core, ConnectionWriter output, bool isProgress)
    {
        var now = Now;
        var isConnecting = core.Session.Phase == ConnectionPhase.Connecting;
        _connAck.Update(isConnecting, isProgress: false, now);
        var isTaken = core.Session.Answered != _answered;
        _response.Update((core.Session.AwaitsAnswer && !isConnecting) || !output.IsDrained, isProgress || (core.Reading.IsStopped && isTaken), now);
        _unclaimed.Update(core.Subscriptions.HasUnclaimed, isProgress: false, now);
        _heldBack.Update(core.Session.HeldBack > 0, isProgress: isTaken, now);
        _answered = core.Session.Answered;
        core.OwesAnswer = isConnecting || core.Session.AwaitsAnswer || _keepAlive.AwaitsPong;
        Arm(now);
    }

    /// <returns>Why the connection is over, or null; <paramref name="ping"/> tells whether PINGREQ is due.</returns>
    internal MqttLinkException? Check(ClientCore core, ConnectionWriter output, out bool ping)
    {
        var now = Now;
        _armedFor = long.MaxValue;
        ping = false;
        if (now >= _unclaimed.NextDeadline)
        {
            core.Subscriptions.GiveUpUnclaimed();
        }

        if (now >= _heldBack.NextDeadline)
        {
            core.Subscriptions.WarnOfHeldBack();
            _heldBack.Update(isAwaiting: true, isProgress: true, now); // once in each such time
        }

        if (now >= _connAck.NextDeadline)
        {
            return MqttLinkException.NoAnswer("CONNACK", _options.ConnectTimeout);
        }

        if (now >= _response.NextDeadline)
        {
            return output.IsDrained
                ? MqttLinkException.NoAnswer("an acknowledgement", _options.ResponseTimeout)
                : MqttLinkException.Stalled(_options.ResponseTimeout);
        }

        TrustLink(core, now);

        // No PINGREQ before CONNACK: until then the time for connecting is what counts.
        var step = core.Session.Phase == ConnectionPhase.Connecting ? KeepAliveStep.Wait : _keepAlive.OnDeadline(now);
        ping = step == KeepAliveStep.Ping;
        return step == KeepAliveStep.Dead ? MqttLinkException.KeepAliveExpired(_keepAlive.Silence(now)) : null;
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>While reading is stopped, PINGRESP waits behind what the application does not take. PINGREQ is sent all the same, and whether anybody
    /// is there to acknowledge it is the link's to find out.</summary>
    private void TrustLink(ClientCore core, long now)
    {
        if (core.Reading.IsStopped)
        {
            _keepAlive.OnReceived(now);
        }
    }

    private void Arm(long now)
    {
        var isConnecting = _connAck.NextDeadline != long.MaxValue;
        var owed = Math.Min(_connAck.NextDeadline, _response.NextDeadline);
        var owing = Math.Min(_unclaimed.NextDeadline, _heldBack.NextDeadline);
        var next = Math.Min(Math.Min(owed, owing), isConnecting ? long.MaxValue : _keepAlive.NextDeadline);
        if (next >= _armedFor)
        {
            return;
        }

        _armedFor = next;
        var sleep = TimeSpan.FromTicks(Math.Max(next - now, 0));
        _timer.Change(sleep < LongestSleep ? sleep : LongestSleep, Timeout.InfiniteTimeSpan);
    }
}
