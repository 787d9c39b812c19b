using System.Globalization;
using System.Text.Json;
using Sim800.Cli.Rendering;
using Sim800.Modem;
using Sim800.Tls;

namespace Sim800.Cli.Diagnosis;

/// <summary>The rungs the doctor has climbed, and the one that broke.</summary>
/// <param name="onRung">Told of every rung once, as soon as it is climbed or has broken.</param>
internal sealed class Ladder(Action<string>? onRung = null) : IProgress<Sim800Progress>
{
    private readonly Lock _gate = new();
    private readonly List<Rung> _rungs = [];
    private Sim800Stage _current;
    private TimeSpan _elapsed;

    /// <summary>The rung that broke; <c>null</c> when none did.</summary>
    internal Rung? Broken { get; private set; }

    public void Report(Sim800Progress value)
    {
        lock (_gate)
        {
            (_current, _elapsed) = (value.Stage, value.Elapsed);
            if (value.Kind == Sim800ProgressKind.Completed)
            {
                var isKnown = _rungs.RemoveAll(rung => rung.Stage == value.Stage) > 0; // modem and client both report the connection
                _rungs.Add(new Rung(value.Stage, true, Math.Round(value.Elapsed.TotalSeconds, 3), value.Detail, null));
                if (!isKnown)
                {
                    onRung?.Invoke(Line(_rungs[^1]));
                }
            }
        }
    }

    internal void Break(Exception reason)
    {
        lock (_gate)
        {
            var command = CommandOf(reason);
            Broken = new Rung(
                StageOf(reason), false, Math.Round(_elapsed.TotalSeconds, 3), FailureText.Happened(reason), RemedyText.Of(reason))
            {
                Command = command?.Command,
                Answer = command?.Answer,
                State = command?.State,
            };
            _rungs.Add(Broken);
            onRung?.Invoke(Line(Broken));
        }
    }

    internal string ToJson(IReadOnlyList<string> notes)
    {
        lock (_gate)
        {
            return JsonSerializer.Serialize(
                new LadderReport(Broken is null, Broken?.Stage, _rungs, notes), ReportJson.Readable.LadderReport);
        }
    }

    private static string Line(Rung rung)
    {
        var stage = rung.Stage.ToString().ToLowerInvariant();
        if (rung.IsReached)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"ok    {stage,-9} {FailureText.OneLine(rung.Detail ?? "ready"),-46} {rung.Seconds,7:0.00} s");
        }

        string?[] lines = [$"FAIL  {stage,-9} {rung.Detail}", Said(rung), Indented(rung.Remedy)];
        return string.Join('\n', lines.Where(line => line is not null));
    }

    /// <summary>The command, the modem's own words and its state, as far as they are known.</summary>
    private static string? Said(Rung rung)
    {
        string?[] words =
        [
            rung.Command is null ? null : $"command {rung.Command}", rung.Answer is null ? null : $"answer {rung.Answer}",
            rung.State is null ? null : $"state {rung.State}",
        ];
        return words.All(word => word is null) ? null : Indented(FailureText.OneLine(string.Join(", ", words.Where(word => word is not null))));
    }

    private static string? Indented(string? text) => text is null ? null : $"      {"",-9} {text}";

    /// <summary>Of the failure that is the cause of those above it.</summary>
    private static ModemException? CommandOf(Exception reason)
    {
        ModemException? found = null;
        for (var cause = reason; cause is not null; cause = cause.InnerException)
        {
            found = cause is ModemException { Command: not null } or ModemException { Answer: not null } ? (ModemException)cause : found;
        }

        return found;
    }

    /// <summary>A failure that names its rung is believed; otherwise it is the one being climbed.</summary>
    private Sim800Stage StageOf(Exception reason) => reason switch
    {
        ModemException modem => modem.Stage,
        TlsException => Sim800Stage.Tls,
        _ => _current,
    };
}

/// <summary>One rung of the doctor's ladder.</summary>
/// <param name="Stage">Which.</param>
/// <param name="IsReached">Whether it was reached.</param>
/// <param name="Seconds">How long it took, or how long it was tried.</param>
/// <param name="Detail">What was found there; where it failed, what happened.</param>
/// <param name="Remedy">Where it failed, what to do.</param>
internal sealed record Rung(Sim800Stage Stage, bool IsReached, double Seconds, string? Detail, string? Remedy)
{
    /// <summary>Where a command failed, that command, without secrets.</summary>
    public string? Command { get; init; }

    /// <summary>The modem's own words to it.</summary>
    public string? Answer { get; init; }

    /// <summary>The state the modem was in.</summary>
    public string? State { get; init; }
}

/// <summary>What <c>doctor --json</c> prints.</summary>
internal sealed record LadderReport(bool Healthy, Sim800Stage? Failed, IReadOnlyList<Rung> Rungs, IReadOnlyList<string> Notes);
