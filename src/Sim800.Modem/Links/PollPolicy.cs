namespace Sim800.Modem.Links;

/// <summary>
/// When to ask for data that no one announced, because the modem announces it only once and that line can be lost. Quickly while
/// an answer may be on its way, rarely on an idle link. Pure: time is a parameter.
/// </summary>
internal sealed class PollPolicy
{
    /// <summary>While an answer is awaited, data whose announcement was lost waits no longer than this.</summary>
    internal static readonly TimeSpan Awaiting = TimeSpan.FromSeconds(1);

    /// <summary>On an idle link: fewer than 0.2 exchanges a second.</summary>
    internal static readonly TimeSpan Idle = TimeSpan.FromSeconds(6);

    /// <summary>What is not answered after this long is not awaited any more.</summary>
    internal static readonly TimeSpan AnswerWindow = TimeSpan.FromSeconds(30);

    /// <summary>Between two questions about the state of a silent link.</summary>
    internal static readonly TimeSpan StatusInterval = TimeSpan.FromMinutes(1);

    private TimeSpan _lastRead;
    private TimeSpan _lastWrite;
    private TimeSpan _lastStatus;
    private bool _isAnswered = true;
    private bool _isOwed = true;

    /// <param name="now">The time.</param>
    /// <param name="isOwed">Whether the peer owes an answer; <c>true</c> when that is not known.</param>
    /// <returns>Whether an answer is awaited that was not awaited before.</returns>
    internal bool OnWrite(TimeSpan now, bool isOwed)
    {
        if (!isOwed)
        {
            return false;
        }

        var wasAwaiting = _isOwed && IsAwaiting(now);
        (_isAnswered, _lastWrite) = (false, now);
        if (!wasAwaiting)
        {
            _lastRead = now;
        }

        return !wasAwaiting;
    }

    /// <summary>A read has been answered, with data or without.</summary>
    /// <param name="now">The time.</param>
    /// <param name="hadData">Whether there was something to read.</param>
    /// <param name="isKnown">Whether it is known what the peer owes. Otherwise any data is the answer.</param>
    internal void OnRead(TimeSpan now, bool hadData, bool isKnown)
    {
        _lastRead = now;
        if (hadData)
        {
            _lastStatus = now;
            (_isAnswered, _lastWrite) = isKnown ? (_isAnswered, now) : (true, _lastWrite);
        }
    }

    internal void OnStatus(TimeSpan now) => _lastRead = _lastStatus = now;

    /// <summary>How long to wait for an announcement before asking.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isOwed">Whether the peer owes an answer; <c>true</c> when that is not known.</param>
    internal TimeSpan Delay(TimeSpan now, bool isOwed)
    {
        _isOwed = isOwed;
        var due = _lastRead + (isOwed && IsAwaiting(now) ? Awaiting : Idle);
        return due > now ? due - now : TimeSpan.Zero;
    }

    /// <summary>Whether the next question should be about the state of the link: its end may have been announced unheard.</summary>
    internal bool WantsStatus(TimeSpan now) => now - _lastStatus >= StatusInterval;

    private bool IsAwaiting(TimeSpan now) => !_isAnswered && now - _lastWrite < AnswerWindow;
}
