using System.Runtime.InteropServices;

namespace Sim800.Modem.Recovery;

/// <summary>
/// Decides, after consecutive failures, the next recovery measure and the pause before it: each rung gets a few attempts, pauses back off
/// exponentially, and above the highest rung the ladder starts again from the first. Pure.
/// </summary>
internal sealed class RecoveryLadder(ModemRecoveryOptions options, bool hasPower, Random random)
{
    private int _failures;

    /// <summary>Failures in a row.</summary>
    internal int Failures => _failures;

    private ModemRecoveryRung Top =>
        options.Highest == ModemRecoveryRung.PowerCycle && !hasPower ? ModemRecoveryRung.Restart : options.Highest;

    internal void OnFailure() => _failures++;

    internal void OnSuccess() => _failures = 0;

    /// <param name="isShared">Whether other connections are open, which only reopening leaves alone.</param>
    internal RecoveryStep Next(bool isShared)
    {
        if (_failures == 0)
        {
            return new RecoveryStep(ModemRecoveryRung.Reopen, TimeSpan.Zero);
        }

        var attempts = Math.Max(1, options.AttemptsPerRung);
        var rung = _failures <= attempts
            ? ModemRecoveryRung.Reopen
            : Climb((_failures - 1) / attempts);
        return new RecoveryStep(isShared ? ModemRecoveryRung.Reopen : rung, Delay());
    }

    /// <summary>Rungs 1, 2, ... top, and again from 1.</summary>
    private ModemRecoveryRung Climb(int level) => Top == ModemRecoveryRung.Reopen ? Top : (ModemRecoveryRung)(((level - 1) % (int)Top) + 1);

    /// <summary>Exponential back-off up to the longest pause, with a jitter of 20 % so that many devices do not reconnect at the same moment.</summary>
    private TimeSpan Delay()
    {
        var doubled = options.FirstDelay * Math.Pow(2, Math.Min(_failures - 1, 20));
        var capped = doubled < options.LongestDelay ? doubled : options.LongestDelay;
        return capped * (0.8 + (0.4 * random.NextDouble()));
    }
}

/// <summary>What to do before the next attempt, and when.</summary>
/// <param name="Rung">The rung to use.</param>
/// <param name="Delay">How long after the last failure.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecoveryStep(ModemRecoveryRung Rung, TimeSpan Delay);
