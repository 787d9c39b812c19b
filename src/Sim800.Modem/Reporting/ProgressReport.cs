using Microsoft.Extensions.Logging;
using Sim800.Wording;

namespace Sim800.Modem.Reporting;

/// <summary>Tells the user and the log how far the bring-up has come.</summary>
internal sealed class ProgressReport(IProgress<Sim800Progress>? target, TimeProvider clock, ILogger logger)
{
    private long _started;

    internal void Start(Sim800Stage stage, string? detail = null)
    {
        _started = clock.GetTimestamp();
        Report(stage, Sim800ProgressKind.Started, detail);
    }

    internal void Wait(Sim800Stage stage, string detail) => Report(stage, Sim800ProgressKind.Waiting, detail);

    internal void Complete(Sim800Stage stage, string? detail = null) => Report(stage, Sim800ProgressKind.Completed, detail);

    private void Report(Sim800Stage stage, Sim800ProgressKind kind, string? detail)
    {
        Log.Progress(logger, stage, kind, VisibleText.Of(detail ?? ""));
        target?.Report(new Sim800Progress(stage, kind, clock.GetElapsedTime(_started), detail));
    }
}
