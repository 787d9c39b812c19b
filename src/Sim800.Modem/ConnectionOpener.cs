using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;
using Sim800.Modem.Dialects;
using Sim800.Modem.Links;
using Sim800.Modem.Recovery;
using Sim800.Modem.Reporting;
using Sim800.Modem.Serial;

namespace Sim800.Modem;

/// <summary>
/// Opens connections, one at a time: first the rung that is due after failures, then the layers that are not up, then the link.
/// </summary>
#pragma warning disable CA1001 // a semaphore whose wait handle nobody asks for holds nothing, and late callers must still find it
internal sealed class ConnectionOpener(
    AtChannel channel,
    IModemDialect dialect,
    SerialLine? line,
    LinkTable links,
    PdpContext context,
    ModemSupervision supervision,
    RecoveryActions actions,
    RecoveryPace pace,
    ProgressReport progress,
    Sim800ModemOptions options,
    ILogger logger)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CommandModeSwitch _commandMode = new(channel, line, options);
    private readonly ModemStart _start = new(channel, dialect, line, options, progress, logger);

    /// <summary>Brings a modem in any state to registration with a network.</summary>
    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        supervision.OnSettling();
        await _start.RunAsync(_commandMode, cancellationToken).ConfigureAwait(false);
        supervision.OnSettled();
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
    internal async Task<Sim800TcpConnection> ConnectAtPaceAsync(string host, int port, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await AwaitLineAsync(host, port, cancellationToken).ConfigureAwait(false);
            var rung = await pace.NextAsync(cancellationToken).ConfigureAwait(false);
            return await ClimbAndConnectAsync(host, port, rung, OnClosedAtPace, cancellationToken).ConfigureAwait(false);
        }
        catch (ModemException e)
        {
            pace.OnFailure(e);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Connects after the rung that the caller's policy asks for, without a pause.</summary>
    internal async Task<Sim800TcpConnection> ConnectAsync(string host, int port, ModemRecoveryRung? rung, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await AwaitLineAsync(host, port, cancellationToken).ConfigureAwait(false);
            return await ClimbAndConnectAsync(host, port, rung, OnClosed, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A transparent connection whose closing was abandoned may still have the line.</summary>
    private async Task AwaitLineAsync(string host, int port, CancellationToken cancellationToken)
    {
        await links.Closing.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (channel.IsInDataMode)
        {
            throw TcpConnectException.Of(TcpConnectReason.NoFreeLink, host, port, null);
        }
    }

    private async Task<Sim800TcpConnection> ClimbAndConnectAsync(
        string host, int port, ModemRecoveryRung? rung, Action<Sim800TcpConnection, TcpLinkException?> onClosed, CancellationToken cancellationToken)
    {
        if (rung is { } due && await actions.RunAsync(due, cancellationToken).ConfigureAwait(false))
        {
            supervision.OnSettling();
        }

        var slot = await ConnectOnceOrTwiceAsync(host, port, cancellationToken).ConfigureAwait(false);
        return new Sim800TcpConnection(slot.Connection!, slot.Link, host, port, onClosed);
    }

    private async Task EnsureContextAsync(CancellationToken cancellationToken)
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
    private async Task<LinkSlot> ConnectOnceOrTwiceAsync(string host, int port, CancellationToken cancellationToken)
    {
        await EnsureContextAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ConnectOnceAsync(host, port, cancellationToken).ConfigureAwait(false);
        }
        catch (TcpConnectException e) when (e.Reason == TcpConnectReason.NotAllowed && !context.IsUp)
        {
            await EnsureContextAsync(cancellationToken).ConfigureAwait(false);
            return await ConnectOnceAsync(host, port, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<LinkSlot> ConnectOnceAsync(string host, int port, CancellationToken cancellationToken)
    {
        progress.Start(Sim800Stage.Tcp, $"{host}:{port}");
        var slot = options.ReceiveMode == ModemReceiveMode.Transparent
            ? await new TransparentConnector(channel, dialect.Links, links, _commandMode, context, options, logger)
                .ConnectAsync(host, port, cancellationToken).ConfigureAwait(false)
            : await new TcpConnector(channel, dialect.Links, links, context, options, logger)
                .ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
        Log.Connected(logger, slot.Link, host, port);
        progress.Complete(Sim800Stage.Tcp, $"{host}:{port}");
        return slot;
    }

    private void OnClosed(Sim800TcpConnection connection, TcpLinkException? reason) =>
        Log.Disconnected(logger, connection.Link, reason?.Message ?? "in order");

    /// <summary>A connection counts as a success only when it has received data.</summary>
    private void OnClosedAtPace(Sim800TcpConnection connection, TcpLinkException? reason)
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
}
