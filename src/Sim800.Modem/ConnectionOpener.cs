using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;
using Sim800.Modem.Dialects;
using Sim800.Modem.Known;
using Sim800.Modem.Links;
using Sim800.Modem.Recovery;
using Sim800.Modem.Reporting;

namespace Sim800.Modem;

/// <summary>
/// Opens connections, one at a time until the modem dials: first the rung that is due after failures, then the layers that are not up, then
/// the link. While the modem dials, the next one has its turn, so that links are opened side by side.
/// </summary>
#pragma warning disable CA1001 // a semaphore whose wait handle nobody asks for holds nothing, and late callers must still find it
internal sealed class ConnectionOpener(
    AtChannel channel,
    CurrentDialect dialect,
    ISerialLine? line,
    LinkTable links,
    PdpContext context,
    ModemMemory memory,
    ModemSupervision supervision,
    RestartCheck check,
    RecoveryActions actions,
    RecoveryPace pace,
    ProgressReport progress,
    ModemOptions options,
    ILogger logger)
#pragma warning restore CA1001
{
    /// <summary>Restarts in the middle of one bring-up after which it begins again: more of them are for the caller to judge.</summary>
    private const int MaxRestarts = 3;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CommandModeSwitch _commandMode = new(channel, line, options);
    private readonly ModemStart _start = new(channel, dialect, line, memory, options, progress, logger);

    /// <summary>Brings a modem in any state to registration with a network; one that restarts meanwhile, once more.</summary>
    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        for (var restarts = 0; ; restarts++)
        {
            supervision.OnSettling();
            var begun = supervision.Starts;
            var (starts, restarted, resynchronisations) = (begun, false, channel.ResynchronisationCount);
            try
            {
                await _start.RunAsync(_commandMode, HasRestartedAsync, cancellationToken).ConfigureAwait(false);
                if (restarts == MaxRestarts || !(restarted || await HasRestartedAsync(cancellationToken).ConfigureAwait(false)))
                {
                    supervision.OnSettled();
                    return;
                }
            }
            catch (ModemException e) when (
                supervision.Starts != begun && restarts < MaxRestarts && (e.IsTransient || e is ModemRegistrationException))
            {
                progress.Wait(e.Stage, e.Happened);
            }
            catch (ModemException e) when (supervision.Starts != begun && restarts == MaxRestarts && e.Command is not null)
            {
                throw ModemRestartException.Of(e);
            }

            supervision.OnRestartedWhileSettling();
            progress.Wait(Sim800Stage.Modem, "the modem has restarted: the bring-up begins again");

            // The lines of the boot that is going on may come late. A modem that did not answer meanwhile has been set up anew, and
            // cannot be asked what it has forgotten.
            async Task<bool> HasRestartedAsync(CancellationToken ct)
            {
                var now = supervision.Starts;
                var isNew = now != starts;
                starts = now;
                return restarted = isNew
                    && (channel.ResynchronisationCount != resynchronisations || await check.HasForgottenSettingsAsync(ct).ConfigureAwait(false));
            }
        }
    }

    /// <summary>Brings up the data connection, if it is not up already.</summary>
    internal async Task AttachAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await EnsureContextAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Connects after the pause and the rung that the failures before ask for.</summary>
    internal async Task<ModemTcpConnection> ConnectAtPaceAsync(string host, int port, CancellationToken cancellationToken)
    {
        var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await AwaitLineAsync(host, port, cancellationToken).ConfigureAwait(false);
            var rung = await pace.NextAsync(cancellationToken).ConfigureAwait(false);
            return await ClimbAndConnectAsync(host, port, rung, OnClosedAtPace, turn, cancellationToken).ConfigureAwait(false);
        }
        catch (ModemException e)
        {
            pace.OnFailure(e);
            throw;
        }
        finally
        {
            turn.GiveOn();
        }
    }

    /// <summary>Connects after the rung that the caller's policy asks for, without a pause.</summary>
    internal async Task<ModemTcpConnection> ConnectAsync(string host, int port, ModemRecoveryRung? rung, CancellationToken cancellationToken)
    {
        var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await AwaitLineAsync(host, port, cancellationToken).ConfigureAwait(false);
            return await ClimbAndConnectAsync(host, port, rung, OnClosed, turn, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.GiveOn();
        }
    }

    /// <summary>A transparent connection whose closing was abandoned may still have the line.</summary>
    private async Task AwaitLineAsync(string host, int port, CancellationToken cancellationToken)
    {
        await links.Closing.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (channel.IsInDataMode)
        {
            throw TcpConnectException.Of(TcpConnectReason.NoFreeLink, dialect.Links.ConnectName, host, port, null);
        }
    }

    private async Task<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_turn);
    }

    private async Task<ModemTcpConnection> ClimbAndConnectAsync(
        string host,
        int port,
        ModemRecoveryRung? rung,
        Action<ModemTcpConnection, TcpLinkException?> onClosed,
        Turn turn,
        CancellationToken cancellationToken)
    {
        if (rung is { } due && await actions.RunAsync(due, cancellationToken).ConfigureAwait(false))
        {
            supervision.OnSettling();
        }

        var slot = await ConnectOnceOrTwiceAsync(host, port, turn, cancellationToken).ConfigureAwait(false);
        return new ModemTcpConnection(slot.Connection!, slot.Link, host, port, onClosed);
    }

    /// <summary>A restart on the way is noticed, and everything begins again.</summary>
    private async Task EnsureContextAsync(CancellationToken cancellationToken)
    {
        for (var restarts = 0; ; restarts++)
        {
            var starts = supervision.Starts;
            try
            {
                await BringUpAsync(cancellationToken).ConfigureAwait(false);
                if ((supervision.IsSettled && context.IsUp) || supervision.Starts == starts || restarts == MaxRestarts)
                {
                    return;
                }
            }
            catch (ModemException e) when (
                supervision.Starts != starts && restarts < MaxRestarts && (e.IsTransient || e is GprsException))
            {
                progress.Wait(e.Stage, e.Happened);
            }
            catch (ModemException e) when (supervision.Starts != starts && restarts == MaxRestarts && e.Command is not null)
            {
                throw ModemRestartException.Of(e);
            }

            progress.Wait(Sim800Stage.Modem, "the modem has restarted: the bring-up begins again");
        }
    }

    private async Task BringUpAsync(CancellationToken cancellationToken)
    {
        if (!channel.IsInStep && !links.HasLiveLink)
        {
            // It did not answer, so its state is unknown.
            context.OnDeactivated();
            supervision.OnSettling();
        }

        if (!supervision.IsSettled)
        {
            await SettleAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!context.IsUp)
        {
            progress.Start(Sim800Stage.Gprs);
            await context.BringUpAsync(cancellationToken).ConfigureAwait(false);
            progress.Complete(Sim800Stage.Gprs, context.LocalAddress);
        }
    }

    /// <summary>A context that was lost without notice shows only when opening a link is refused; it is then rebuilt at once.</summary>
    private async Task<LinkSlot> ConnectOnceOrTwiceAsync(string host, int port, Turn turn, CancellationToken cancellationToken)
    {
        await EnsureContextAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ConnectOnceAsync(host, port, turn, cancellationToken).ConfigureAwait(false);
        }
        catch (TcpConnectException e) when (e.Reason == TcpConnectReason.NotAllowed && !context.IsUp)
        {
            turn.GiveOn(); // if it is not given on yet
            var again = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await EnsureContextAsync(cancellationToken).ConfigureAwait(false);
                return await ConnectOnceAsync(host, port, again, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                again.GiveOn();
            }
        }
    }

    private async Task<LinkSlot> ConnectOnceAsync(string host, int port, Turn turn, CancellationToken cancellationToken)
    {
        progress.Start(Sim800Stage.Tcp, $"{host}:{port}");
        var slot = options.ReceiveMode == ModemReceiveMode.Transparent && dialect.Links.Transparent is { } transparent
            ? await new TransparentConnector(channel, transparent, links, _commandMode, context, options, logger)
                .ConnectAsync(host, port, cancellationToken).ConfigureAwait(false)
            : await new TcpConnector(channel, dialect.Links, links, context, options, logger)
                .ConnectAsync(host, port, turn.GiveOn, cancellationToken).ConfigureAwait(false);
        Log.Connected(logger, slot.Link, host, port);
        progress.Complete(Sim800Stage.Tcp, $"{host}:{port}");
        return slot;
    }

    private void OnClosed(ModemTcpConnection connection, TcpLinkException? reason) =>
        Log.Disconnected(logger, connection.Link, reason?.Message ?? "in order");

    /// <summary>A connection counts as a success only when it has received data.</summary>
    private void OnClosedAtPace(ModemTcpConnection connection, TcpLinkException? reason)
    {
        OnClosed(connection, reason);
        if (connection.ReceivedBytes > 0)
        {
            pace.OnSuccess();
        }
        else if (reason is not null)
        {
            pace.OnFailure(reason);
        }
    }

    /// <summary>Whose turn it is to change what all connections share; given on once.</summary>
    private sealed class Turn(SemaphoreSlim turn)
    {
        private int _isGivenOn;

        internal void GiveOn()
        {
            if (Interlocked.Exchange(ref _isGivenOn, 1) == 0)
            {
                turn.Release();
            }
        }
    }
}
