namespace Sim800.Mqtt.Session;

/// <summary>Until when the server has to answer: counted anew from each answer and from each byte that leaves. Pure.</summary>
internal sealed class ResponseDeadline(TimeSpan timeout)
{
    private long _since = long.MaxValue;

    internal long NextDeadline => _since == long.MaxValue ? long.MaxValue : _since + timeout.Ticks;

    internal void Update(bool isAwaiting, bool isProgress, long now)
    {
        if (!isAwaiting)
        {
            _since = long.MaxValue;
        }
        else if (isProgress || _since == long.MaxValue)
        {
            _since = now;
        }
    }
}
