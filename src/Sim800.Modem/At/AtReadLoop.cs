using System.IO.Pipelines;

namespace Sim800.Modem.At;

/// <summary>Hands every received byte to the dispatcher, until the line ends or is told to.</summary>
internal sealed class AtReadLoop(PipeReader input, AtDispatcher dispatcher, Action<Exception> onFault)
{
    /// <summary>The stream of a caller may end a pending read only when its port is closed, which comes after us.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(2);

    private volatile bool _stopped;
    private Task? _loop;

    internal void Start() => _loop ??= RunAsync();

    internal async Task StopAsync(TimeProvider clock)
    {
        _stopped = true;
        input.CancelPendingRead();
        if (_loop is { } loop)
        {
            using var patience = new CancellationTokenSource();
            await Task.WhenAny(loop, Task.Delay(EndTimeout, clock, patience.Token)).ConfigureAwait(false);
            await patience.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stopped)
            {
                var result = await input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                dispatcher.Dispatch(result.Buffer);
                input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    throw new EndOfStreamException("The serial line was closed by the other side.");
                }
            }
        }
        catch (Exception e)
        {
            // A line of the caller, or one who is told of events, may throw anything: without this loop nobody would be answered.
            onFault(e);
        }
    }
}
