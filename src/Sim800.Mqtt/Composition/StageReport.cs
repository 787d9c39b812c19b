using Microsoft.Extensions.Logging;
using Sim800.Modem;
using Sim800.Wording;

namespace Sim800.Mqtt.Composition;

/// <summary>Tells the application, the log and the trace how far a connection attempt has come.</summary>
internal sealed class StageReport(IProgress<Sim800Progress>? progress, TimeProvider clock, ILogger log) : IProgress<Sim800Progress>
{
    private Sim800Stage _stage;
    private long _started = clock.GetTimestamp();
    private bool _isUnderWay;

    /// <summary>The last stage that was begun.</summary>
    internal Sim800Stage Stage => _stage;

    /// <summary>A stage that the modem climbs by itself.</summary>
    public void Report(Sim800Progress value)
    {
        _isUnderWay = value.Kind is not Sim800ProgressKind.Completed;
        if (value.Kind is Sim800ProgressKind.Started)
        {
            (_stage, _started) = (value.Stage, clock.GetTimestamp());
        }

        Tell(value);
    }

    internal void Start(Sim800Stage stage, string? detail = null)
    {
        (_stage, _started, _isUnderWay) = (stage, clock.GetTimestamp(), true);
        Tell(new Sim800Progress(stage, Sim800ProgressKind.Started, TimeSpan.Zero, detail));
    }

    internal void Complete(string? detail = null)
    {
        _isUnderWay = false;
        Tell(new Sim800Progress(_stage, Sim800ProgressKind.Completed, clock.GetElapsedTime(_started), detail));
    }

    /// <summary>The stage under way was not reached; without one under way, the reason belongs to no stage.</summary>
    internal void Fail(Exception reason)
    {
        if (_isUnderWay)
        {
            _isUnderWay = false;
            Tell(new Sim800Progress(_stage, Sim800ProgressKind.Failed, clock.GetElapsedTime(_started), reason.Message));
        }
    }

    private void Tell(Sim800Progress step)
    {
        progress?.Report(step);
        Log.Stage(log, step.Stage, step.Kind, step.Elapsed.TotalMilliseconds, VisibleText.Of(step.Detail ?? ""));
    }
}
