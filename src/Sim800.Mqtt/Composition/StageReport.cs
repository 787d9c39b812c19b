using Microsoft.Extensions.Logging;
using Sim800.Modem;

namespace Sim800.Mqtt.Composition;

/// <summary>Tells the application, the log and the trace how far a connection attempt has come.</summary>
internal sealed class StageReport(IProgress<ConnectProgress>? progress, TimeProvider clock, ILogger log) : IProgress<ModemProgress>
{
    private ConnectStage _stage;
    private long _started = clock.GetTimestamp();
    private bool _isUnderWay;

    /// <summary>The modem's own stages, which are the lower ones of ours in the same order.</summary>
    public void Report(ModemProgress value)
    {
        var stage = (ConnectStage)value.Stage;
        _isUnderWay = value.Kind is not ModemProgressKind.Completed;
        if (value.Kind is ModemProgressKind.Started)
        {
            (_stage, _started) = (stage, clock.GetTimestamp());
        }

        Tell(new ConnectProgress(stage, (ConnectProgressKind)value.Kind, value.Elapsed, value.Detail));
    }

    internal void Start(ConnectStage stage, string? detail = null)
    {
        (_stage, _started, _isUnderWay) = (stage, clock.GetTimestamp(), true);
        Tell(new ConnectProgress(stage, ConnectProgressKind.Started, TimeSpan.Zero, detail));
    }

    internal void Complete(string? detail = null)
    {
        _isUnderWay = false;
        Tell(new ConnectProgress(_stage, ConnectProgressKind.Completed, clock.GetElapsedTime(_started), detail));
    }

    /// <summary>The stage under way was not reached; without one under way, the reason belongs to no stage.</summary>
    internal void Fail(Exception reason)
    {
        if (_isUnderWay)
        {
            _isUnderWay = false;
            Tell(new ConnectProgress(_stage, ConnectProgressKind.Failed, clock.GetElapsedTime(_started), reason.Message));
        }
    }

    private void Tell(ConnectProgress step)
    {
        progress?.Report(step);
        Log.Stage(log, step.Stage, step.Kind, step.Elapsed.TotalMilliseconds, step.Detail ?? "");
    }
}
