using System.Runtime.InteropServices;

namespace Sim800.Modem.Recovery;

/// <summary>
/// Decides what helps next after failures in a row: each rung gets a few attempts, pauses double, and above the last rung the
/// climb begins anew. Pure: it decides, others do.
/// </summary>
internal sealed class RecoveryLadder(RecoveryOptions options, bool hasPower, Random random)
{
    private int _failures;

    /// <summary>Failures in a row.</summary>
    internal int Failures => _failures;

    private RecoveryRung Top =>
        options.Highest == RecoveryRung.PowerCycle && !hasPower ? RecoveryRung.Restart : options.Highest;

    internal void OnFailure() => _failures++;

    internal void OnSuccess() => _failures = 0;

    /// <param name="isShared">Other connections are open: nothing may be done that would break them.</param>
    internal RecoveryStep Next(bool isShared)
    {
        if (_failures == 0)
        {
            return new RecoveryStep(RecoveryRung.Reopen, TimeSpan.Zero);
        }

        var attempts = Math.Max(1, options.AttemptsPerRung);
        var rung = _failures <= attempts
            ? RecoveryRung.Reopen
            : Climb((_failures - 1) / attempts);
        return new RecoveryStep(isShared ? RecoveryRung.Reopen : rung, Delay());
    }

    /// <summary>Rungs 1, 2, ... top, and again from 1.</summary>
    private RecoveryRung Climb(int level) => Top == RecoveryRung.Reopen ? Top : (RecoveryRung)(((level - 1) % (int)Top) + 1);

    /// <summary>Doubles with every failure up to the longest, give or take a fifth, so that a fleet does not knock in step.</summary>
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
internal readonly record struct RecoveryStep(RecoveryRung Rung, TimeSpan Delay);
