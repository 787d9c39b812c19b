using System.Globalization;
using System.Text.Json;
using Sim800.Cli.Rendering;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Tls;

namespace Sim800.Cli.Diagnosis;

/// <summary>The rungs the doctor has climbed, and the one that broke.</summary>
internal sealed class Ladder : IProgress<Sim800Progress>
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
                _rungs.RemoveAll(rung => rung.Stage == value.Stage); // modem and client both report the connection
                _rungs.Add(new Rung(value.Stage, true, Math.Round(value.Elapsed.TotalSeconds, 3), value.Detail, null));
            }
        }
    }

    internal void Break(Exception reason)
    {
        lock (_gate)
        {
            Broken = new Rung(
                StageOf(reason), false, Math.Round(_elapsed.TotalSeconds, 3), FailureText.Happened(reason), RemedyText.Of(reason));
            _rungs.Add(Broken);
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

    internal string ToText(IReadOnlyList<string> notes)
    {
        lock (_gate)
        {
            var lines = _rungs.Select(Line).Concat(notes.Select(note => $"note  {note}"));
            return string.Join('\n', lines);
        }
    }

    private static string Line(Rung rung)
    {
        var stage = rung.Stage.ToString().ToLowerInvariant();
        return rung.IsReached
            ? string.Create(CultureInfo.InvariantCulture, $"ok    {stage,-9} {FailureText.OneLine(rung.Detail ?? "ready"),-46} {rung.Seconds,7:0.00} s")
            : $"FAIL  {stage,-9} {rung.Detail}\n      {"",-9} {rung.Remedy}".TrimEnd();
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
internal sealed record Rung(Sim800Stage Stage, bool IsReached, double Seconds, string? Detail, string? Remedy);

/// <summary>What <c>doctor --json</c> prints.</summary>
internal sealed record LadderReport(bool Healthy, Sim800Stage? Failed, IReadOnlyList<Rung> Rungs, IReadOnlyList<string> Notes);
