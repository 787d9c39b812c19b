using System.IO.Pipelines;

namespace Sim800.Modem.At;

/// <summary>Passes received bytes to the dispatcher until the line ends or is closed.</summary>
internal sealed class AtReadLoop(PipeReader input, AtDispatcher dispatcher, Action<Exception> onFault)
{
    /// <summary>The longest wait for a pending read: a caller's stream may end it only when its port is closed, which happens later.</summary>
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
            // A caller's line or event handler may throw anything; without this loop every command would hang, so the line is faulted.
            onFault(e);
        }
    }
}
