using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;
using Sim800.Modem.Dialects;
using Sim800.Modem.Links;

namespace Sim800.Modem.Recovery;

/// <summary>Draws the consequences of what the modem says by itself. Runs in the read loop: it takes note and returns.</summary>
internal sealed class ModemSupervision(
    LinkTable links, PdpContext context, IModemDialect dialect, Sim800ModemOptions options, ILogger logger)
{
    private readonly Gate _gate = new();
    private readonly RestartWatch _watch = new(dialect.IsBootTail);
    private readonly long _started = options.TimeProvider.GetTimestamp();
    private volatile bool _isSettled;

    /// <summary>Whether SIM, registration and echo are as the driver left them.</summary>
    internal bool IsSettled => _isSettled;

    /// <summary>Restarts within the last ten minutes.</summary>
    internal int RestartCount => _watch.Count;

    private TimeSpan Now => options.TimeProvider.GetElapsedTime(_started);

    /// <summary>The driver starts the modem or begins to talk to one in an unknown state.</summary>
    internal void OnSettling()
    {
        _isSettled = false;
        lock (_gate)
        {
            _watch.OnExpectedStart(Now);
        }
    }

    internal void OnSettled() => _isSettled = true;

    internal void OnUrc(Urc urc)
    {
        switch (urc.Kind)
        {
            case UrcKind.Started:
                OnSign(urc.Text ?? "");
                break;
            case UrcKind.PowerDown:
                OnGone(new ModemEvent(ModemEventKind.PoweredDown, urc.Text ?? ""), TcpLinkReason.ModemRestarted);
                break;
            case UrcKind.VoltageWarning:
                Log.Voltage(logger, urc.Text ?? "");
                options.Events?.Report(ModemEvent.OfVoltage(urc.Text ?? ""));
                break;
            case UrcKind.VoltagePowerDown:
                Log.Voltage(logger, urc.Text ?? "");
                OnGone(ModemEvent.OfVoltage(urc.Text ?? ""), TcpLinkReason.ModemRestarted);
                break;
            case UrcKind.Temperature:
                options.Events?.Report(new ModemEvent(ModemEventKind.Temperature, urc.Text ?? ""));
                break;
            case UrcKind.PdpDeactivated:
                OnContextLost(urc.Text ?? "");
                break;
        }
    }

    /// <summary>The modem repeats what is sent to it although echo was switched off.</summary>
    internal void OnEcho()
    {
        if (_isSettled)
        {
            OnSign("the echo is on again");
        }
    }

    private void OnSign(string sign)
    {
        lock (_gate)
        {
            if (!_isSettled || !_watch.OnSign(sign, Now))
            {
                return;
            }
        }

        Log.Restarted(logger, sign);
        OnGone(
            new ModemEvent(_watch.KeepsRestarting ? ModemEventKind.KeepsRestarting : ModemEventKind.Restarted, sign),
            _watch.KeepsRestarting ? TcpLinkReason.ModemKeepsRestarting : TcpLinkReason.ModemRestarted);
    }

    private void OnGone(ModemEvent what, TcpLinkReason reason)
    {
        _isSettled = false;
        context.OnDeactivated();
        options.Events?.Report(what); // before what follows from it
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
