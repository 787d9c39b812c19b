namespace Sim800.Mqtt.Composition;

/// <summary>How long to wait before the next attempt. Pure: chance is a parameter.</summary>
internal sealed class Backoff(Sim800ReconnectOptions options)
{
    private const int MaxDoublings = 30;

    /// <summary>Failures since the last connection that lasted.</summary>
    internal int Failures { get; private set; }

    /// <summary>How many of the last of them somebody has to mend.</summary>
    internal int PersistentFailures { get; private set; }

    /// <summary>Whether that is as many as the options bear.</summary>
    internal bool IsExhausted => PersistentFailures >= options.PersistentFailures;

    /// <summary>A connection has ended, or did not come about.</summary>
    /// <param name="failure">What kind of failure ended it.</param>
    /// <param name="lasted">How long it lasted; zero when it never came about.</param>
    /// <param name="chance">0 to 1, decides where in the jitter the pause lies.</param>
    internal TimeSpan Next(MqttFailureClass failure, TimeSpan lasted, double chance)
    {
        var hasLasted = lasted >= options.StableAfter && lasted > TimeSpan.Zero;
        Failures = hasLasted ? 1 : Failures + 1;
        PersistentFailures = failure is not MqttFailureClass.Persistent ? 0 : hasLasted ? 1 : PersistentFailures + 1;
        var pause = failure is MqttFailureClass.Transient ? Exponential(Failures - 1) : options.LongestDelay;
        return pause * (1 - options.Jitter + (2 * options.Jitter * chance));
    }

    private TimeSpan Exponential(int doublings)
    {
        var seconds = options.FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(doublings, MaxDoublings));
        return seconds < options.LongestDelay.TotalSeconds ? TimeSpan.FromSeconds(seconds) : options.LongestDelay;
    }
}
