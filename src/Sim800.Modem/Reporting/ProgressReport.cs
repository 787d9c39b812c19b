using Microsoft.Extensions.Logging;

namespace Sim800.Modem.BringUp;

/// <summary>Tells the user and the log how far the bring-up has come.</summary>
internal sealed class ProgressReport(Sim800ModemOptions options, ILogger logger)
{
    private long _started;

    internal void Start(Sim800Stage stage, string? detail = null)
    {
        _started = options.TimeProvider.GetTimestamp();
        Report(stage, Sim800ProgressKind.Started, detail);
    }

    internal void Wait(Sim800Stage stage, string detail) => Report(stage, Sim800ProgressKind.Waiting, detail);

    internal void Complete(Sim800Stage stage, string? detail = null) => Report(stage, Sim800ProgressKind.Completed, detail);

    private void Report(Sim800Stage stage, Sim800ProgressKind kind, string? detail)
    {
        Log.Progress(logger, stage, kind, detail ?? "");
        options.Progress?.Report(new Sim800Progress(stage, kind, options.TimeProvider.GetElapsedTime(_started), detail));
    }
}
