using Microsoft.Extensions.Logging;

namespace Sim800.Modem.BringUp;

/// <summary>Tells the user and the log how far the bring-up has come.</summary>
internal sealed class ProgressReport(Sim800ModemOptions options, ILogger logger)
{
    private long _started;

    internal void Start(ModemStage stage, string? detail = null)
    {
        _started = options.TimeProvider.GetTimestamp();
        Report(stage, ModemProgressKind.Started, detail);
    }

    internal void Wait(ModemStage stage, string detail) => Report(stage, ModemProgressKind.Waiting, detail);

    internal void Complete(ModemStage stage, string? detail = null) => Report(stage, ModemProgressKind.Completed, detail);

    private void Report(ModemStage stage, ModemProgressKind kind, string? detail)
    {
        Log.Progress(logger, stage, kind, detail ?? "");
        options.Progress?.Report(new ModemProgress(stage, kind, options.TimeProvider.GetElapsedTime(_started), detail));
    }
}
