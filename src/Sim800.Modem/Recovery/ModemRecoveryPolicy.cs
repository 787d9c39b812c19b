using System.Globalization;

namespace Sim800.Modem;

/// <summary>
/// Decides what follows a failure: how long to pause, which rung of the recovery ladder to use before the next attempt, or that there is
/// none. Pure: time, chance and failures are parameters, and what it remembers are its own earlier decisions. A modem asks one on each
/// <see cref="CellularModem.ConnectTcpAsync(string, int, CancellationToken)"/>; an application with layers of its own above TCP asks one
/// itself and hands the rung to <see cref="CellularModem.ConnectTcpAsync(string, int, ModemRecoveryRung?, CancellationToken)"/>. Not thread-safe.
/// </summary>
public sealed class ModemRecoveryPolicy
{
    private const int MaxDoublings = 30;
    private readonly ModemRecoveryOptions _options;
    private readonly ModemRecoveryRung _top;
    private (Sim800Stage Layer, string? Command, string? State) _place;
    private int _climb;

    /// <param name="options">Pauses and rungs.</param>
    /// <param name="hasPower">Whether the modem's power key or reset pin can be used (<see cref="ModemOptions.Power"/>).</param>
    /// <exception cref="ArgumentException">The options would try again without a pause, or contradict each other.</exception>
    public ModemRecoveryPolicy(ModemRecoveryOptions options, bool hasPower)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _top = options.Highest == ModemRecoveryRung.PowerCycle && !hasPower ? ModemRecoveryRung.Restart : options.Highest;
    }

    /// <summary>Failures since the last connection that lasted.</summary>
    public int Failures { get; private set; }

    /// <summary>How many of the last of them came with the same command in the same state of the same layer.</summary>
    public int Repetitions { get; private set; }

    /// <summary>How many of the last of them may be somebody's to mend.</summary>
    public int Unmended { get; private set; }

    /// <summary>No decision pauses longer, whatever happens.</summary>
    public TimeSpan LongestPause =>
        _options.LongestPersistentDelay > _options.LongestDelay ? _options.LongestPersistentDelay : _options.LongestDelay;

    /// <summary>A connection is up and has carried bytes: nothing that failed before counts any more.</summary>
    public void OnSuccess() => (Failures, Repetitions, Unmended, _climb, _place) = (0, 0, 0, 0, default);

    /// <summary>Judges a failure by its kind and by those before it.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="chance">0 to 1: where in the jitter the pause lies.</param>
    public ModemRecoveryDecision OnFailure(in ModemRecoveryFailure failure, double chance)
    {
        var nature = NatureOf(failure);
        Remember(failure, nature);
        var judged = Judge(failure.Layer, nature);
        var pause = PauseOf(judged, nature, failure.Layer, chance);
        return new ModemRecoveryDecision(judged, pause, Rung(), Failures, Repetitions, GivesUp(failure, judged, pause));
    }

    private static ModemFailureNature NatureOf(in ModemRecoveryFailure failure) => failure switch
    {
        { Layer: Sim800Stage.Line, HadDevice: true, Nature: not ModemFailureNature.Final } => ModemFailureNature.DeviceAway,
        { MayBeAddress: true, IsFirst: true, TimeLeft: not null, Nature: ModemFailureNature.Passing } => ModemFailureNature.Doubtful,
        _ => failure.Nature,
    };

    private void Remember(in ModemRecoveryFailure failure, ModemFailureNature nature)
    {
        var hasLasted = failure.Lasted >= _options.StableAfter && failure.Lasted > TimeSpan.Zero;
        var place = (failure.Layer, failure.Command, failure.State);
        var isSame = Failures > 0 && place == _place && !hasLasted;
        _place = place;
        Failures = hasLasted ? 1 : Failures + 1;
        Repetitions = isSame ? Repetitions + 1 : 1;
        Unmended = nature switch
        {
            ModemFailureNature.NeedsMending => hasLasted ? 1 : Unmended + 1,
            ModemFailureNature.Doubtful => isSame ? Unmended + 1 : 1,
            _ => 0,
        };
        if (failure.HasReceived)
        {
            _climb = 0;
        }
        else if (failure.Layer != Sim800Stage.Line && nature is ModemFailureNature.Passing or ModemFailureNature.Doubtful)
        {
            _climb += failure.HadNoOutcome ? _options.AttemptsPerRung : 1;
        }
    }

    private ModemFailureNature Judge(Sim800Stage layer, ModemFailureNature nature) => nature switch
    {
        ModemFailureNature.Doubtful => Repetitions >= Patience(layer) ? ModemFailureNature.NeedsMending : ModemFailureNature.Passing,
        _ => nature,
    };

    /// <summary>Up to TCP every rung gets its turn before somebody is called; above it the ladder has nothing to offer.</summary>
    private int Patience(Sim800Stage layer) =>
        layer > Sim800Stage.Tcp ? _options.Repetitions : Math.Max(_options.Repetitions, _options.AttemptsPerRung * ((int)_top + 1));

    private bool GivesUp(in ModemRecoveryFailure failure, ModemFailureNature judged, TimeSpan pause) => judged switch
    {
        ModemFailureNature.Final => true,
        ModemFailureNature.NeedsMending when failure.IsFirst => true,
        ModemFailureNature.NeedsMending when Unmended >= _options.PersistentFailures => true,
        _ => failure.IsFirst && failure.TimeLeft <= pause,
    };

    private TimeSpan PauseOf(ModemFailureNature judged, ModemFailureNature nature, Sim800Stage layer, double chance) => judged switch
    {
        ModemFailureNature.DeviceAway => _options.DeviceDelay,
        ModemFailureNature.Passing => Spread(Doubled(_options.FirstDelay, Failures - 1), _options.LongestDelay, chance),
        _ => Spread(
            Doubled(_options.LongestDelay, nature == ModemFailureNature.Doubtful ? Repetitions - Patience(layer) : Unmended - 1),
            LongestPause,
            chance),
    };

    private static double Doubled(TimeSpan first, int times) => first.TotalSeconds * Math.Pow(2, Math.Clamp(times, 0, MaxDoublings));

    /// <summary>So that many devices do not come back in the same second, and none of them later than the bound.</summary>
    private TimeSpan Spread(double seconds, TimeSpan longest, double chance)
    {
        var middle = Math.Min(seconds, longest.TotalSeconds / (1 + _options.Jitter));
        var spread = TimeSpan.FromSeconds(middle * (1 - _options.Jitter + (2 * _options.Jitter * Math.Clamp(chance, 0, 1))));
        return spread < longest ? spread : longest;
    }

    /// <summary>Each rung gets a few attempts; above the highest it begins anew with the data connection.</summary>
    private ModemRecoveryRung Rung()
    {
        if (_climb <= _options.AttemptsPerRung || _top == ModemRecoveryRung.Reopen)
        {
            return ModemRecoveryRung.Reopen;
        }

        var level = (_climb - 1) / _options.AttemptsPerRung;
        return (ModemRecoveryRung)(((level - 1) % (int)_top) + 1);
    }
}

/// <summary>What follows a failure.</summary>
/// <param name="Nature">What the failure turned out to be, with its history.</param>
/// <param name="Pause">How long to wait before the next attempt, counted from the failure.</param>
/// <param name="Rung">What to do to the modem before the next attempt.</param>
/// <param name="Failures">Failures since the last connection that lasted.</param>
/// <param name="Repetitions">How many of the last of them came at the same place.</param>
/// <param name="GivesUp">There is to be no next attempt.</param>
public sealed record ModemRecoveryDecision(
    ModemFailureNature Nature, TimeSpan Pause, ModemRecoveryRung Rung, int Failures, int Repetitions, bool GivesUp)
{
    /// <summary>What a user is told: until when the pause lasts and what comes then, in one sentence.</summary>
    /// <param name="now">The time of the failure.</param>
    public string Describe(DateTimeOffset now) => Nature switch
    {
        _ when GivesUp => "It is not tried again.",
        ModemFailureNature.DeviceAway => string.Create(
            CultureInfo.InvariantCulture, $"The device is looked for every {Pause.TotalSeconds:0.#} s until it can be opened."),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"The next attempt is at {now + Pause:HH:mm:ss}Z, in {Pause.TotalSeconds:0.#} s{Measure}."),
    };

    private string Measure => Rung switch
    {
        ModemRecoveryRung.RebuildContext => ", and sets the data connection up anew",
        ModemRecoveryRung.Reattach => ", and attaches to GPRS anew",
        ModemRecoveryRung.Restart => ", and restarts the modem",
        ModemRecoveryRung.PowerCycle => ", and switches the modem off and on",
        _ => "",
    };
}
