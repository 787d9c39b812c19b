using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;
using Sim800.Modem.Dialects;
using Sim800.Modem.Links;
using Sim800.Wording;

namespace Sim800.Modem.Recovery;

/// <summary>Reacts to unsolicited result codes about the modem itself: restarts, power, temperature, loss of the context. Runs in the read loop and returns at once.</summary>
internal sealed class ModemSupervision(
    LinkTable links, PdpContext context, IModemDialect dialect, RestartCheck check, ModemOptions options, ILogger logger)
{
    private readonly Gate _gate = new();
    private readonly RestartWatch _watch = new(dialect.IsBootTail);
    private readonly long _started = options.TimeProvider.GetTimestamp();
    private volatile bool _isSettled;
    private volatile int _starts;
    private int _isChecking;

    /// <summary>Whether the bring-up is done and the modem has not restarted since.</summary>
    internal bool IsSettled => _isSettled;

    /// <summary>
    /// How often the modem has said that it starts, whether that was expected or not: a bring-up during which this changes may have to
    /// begin again.
    /// </summary>
    internal int Starts => _starts;

    /// <summary>Restarts within the last ten minutes.</summary>
    internal int RestartCount => _watch.Count;

    private TimeSpan Now => options.TimeProvider.GetElapsedTime(_started);

    /// <summary>A bring-up begins: the modem is in an unknown state, or the driver has restarted it.</summary>
    internal void OnSettling()
    {
        _isSettled = false;
        lock (_gate)
        {
            _watch.OnExpectedStart(Now);
        }
    }

    internal void OnSettled() => _isSettled = true;

    /// <summary>The modem has restarted in the middle of a bring-up, which begins again.</summary>
    internal void OnRestartedWhileSettling()
    {
        const string Sign = "in the middle of the bring-up";
        Log.Restarted(logger, Sign);
        options.Events?.Report(new ModemEvent(ModemEventKind.Restarted, Sign));
    }

    internal void OnUrc(Urc urc)
    {
        var text = urc.Text ?? "";
        switch (urc.Kind)
        {
            case UrcKind.Started:
                OnSign(text);
                break;
            case UrcKind.PowerDown:
                OnGone(new ModemEvent(ModemEventKind.PoweredDown, text), TcpLinkReason.ModemRestarted);
                break;
            case UrcKind.VoltageWarning:
                Log.Voltage(logger, VisibleText.Of(text));
                options.Events?.Report(ModemEvent.OfVoltage(text));
                break;
            case UrcKind.VoltagePowerDown:
                Log.Voltage(logger, VisibleText.Of(text));
                OnGone(ModemEvent.OfVoltage(text), TcpLinkReason.ModemRestarted);
                break;
            case UrcKind.Temperature:
                options.Events?.Report(new ModemEvent(ModemEventKind.Temperature, text));
                break;
            case UrcKind.PdpDeactivated:
                OnContextLost(text);
                break;
            case UrcKind.ContextDoubtful when _isSettled && context.IsUp && Interlocked.Exchange(ref _isChecking, 1) == 0:
                BeginAskingForContext(text);
                break;
        }
    }

    /// <summary>The modem echoes although echo was switched off: it has restarted.</summary>
    internal void OnEcho()
    {
        if (_isSettled)
        {
            OnSign("the echo is on again");
        }
    }

    /// <summary>Not by the caller, which is the read loop that brings the answer.</summary>
    private void BeginAskingForContext(string text) => _ = Task.Run(() => CheckAsync(() => AskForContextAsync(text), text));

    private void OnSign(string sign)
    {
        var isTail = dialect.IsBootTail(sign);
        _starts += isTail ? 0 : 1; // only the read loop writes it
        if (!_isSettled)
        {
            return;
        }

        if (!isTail)
        {
            OnRestart(sign);
        }
        else if (!IsTailOfBoot(sign) && Interlocked.Exchange(ref _isChecking, 1) == 0)
        {
            _ = Task.Run(() => CheckAsync(() => AskForRestartAsync(sign), sign)); // not here: the answer comes by the read loop
        }
    }

    private bool IsTailOfBoot(string sign)
    {
        lock (_gate)
        {
            return _watch.IsTailOfBoot(sign, Now);
        }
    }

    /// <summary>The last lines of a boot may come at any time, with the card or the network: the modem is asked whether it has restarted.</summary>
    private async Task AskForRestartAsync(string sign)
    {
        if (await check.HasRestartedAsync(CancellationToken.None).ConfigureAwait(false))
        {
            OnRestart(sign);
        }
        else
        {
            Log.NoRestart(logger, VisibleText.Of(sign));
        }
    }

    private async Task AskForContextAsync(string words)
    {
        await context.ReadStateAsync(CancellationToken.None).ConfigureAwait(false);
        if (!context.IsUp)
        {
            Log.ContextDeactivated(logger);
            options.Events?.Report(new ModemEvent(ModemEventKind.ContextDeactivated, words));
            links.FailAll(TcpLinkReason.ContextDeactivated);
        }
    }

    private async Task CheckAsync(Func<Task> askAsync, string sign)
    {
        try
        {
            await askAsync().ConfigureAwait(false);
        }
        catch (AtTimeoutException e)
        {
            Log.NoRestart(logger, e.Message); // whoever uses the line next brings it back into step
        }
        catch (Exception e) when (e is ModemClosedException or InvalidOperationException)
        {
            Log.NoRestart(logger, e.Message); // the line is closed, or full of data, or of commands: whatever happens is noticed there
        }
        catch (Exception e) // whoever is told of an event may throw anything, here as in the read loop
        {
            check.EndLine(e);
        }
        finally
        {
            Volatile.Write(ref _isChecking, 0);
        }
    }

    private void OnRestart(string sign)
    {
        lock (_gate)
        {
            if (!_isSettled || !_watch.OnSign(sign, Now))
            {
                return;
            }
        }

        Log.Restarted(logger, VisibleText.Of(sign));
        OnGone(
            new ModemEvent(_watch.KeepsRestarting ? ModemEventKind.KeepsRestarting : ModemEventKind.Restarted, sign),
            _watch.KeepsRestarting ? TcpLinkReason.ModemKeepsRestarting : TcpLinkReason.ModemRestarted);
    }

    private void OnGone(ModemEvent what, TcpLinkReason reason)
    {
        _isSettled = false;
        context.OnDeactivated();
        options.Events?.Report(what); // before the links end
        links.FailAll(reason);
    }

    private void OnContextLost(string words)
    {
        if (context.IsUp)
        {
            Log.ContextDeactivated(logger);
            options.Events?.Report(new ModemEvent(ModemEventKind.ContextDeactivated, words));
        }

        context.OnDeactivated();
        links.FailAll(TcpLinkReason.ContextDeactivated);
    }
}
