using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;

namespace Sim800.Modem.Links;

/// <summary>Opens the one transparent link: behind the final result of its command every byte is data.</summary>
internal sealed class TransparentConnector(
    AtChannel channel,
    ITransparentDialect dialect,
    LinkTable links,
    CommandModeSwitch commandMode,
    PdpContext context,
    ModemOptions options,
    ILogger logger)
{
    internal async Task<LinkSlot> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var slot = links.TryTake(taken => new TransparentLink(channel, dialect, taken, commandMode, options, logger), most: 1);
        if (slot is not { Link: 0 })
        {
            slot?.Free();
            throw TcpConnectException.Of(TcpConnectReason.NoFreeLink, dialect.ConnectName, host, port, null);
        }

        // The peer's first bytes may stand right behind CONNECT.
        var link = new TransparentLink(channel, dialect, slot, commandMode, options, logger);
        slot.Open(link);
        Task<AtResponse>? outcome = null;
        try
        {
            if (!commandMode.IsByPluses)
            {
                commandMode.SetDtr(true);
            }

            var command = dialect.ConnectTransparently(host, port);
            outcome = channel.SendAsync(command, CancellationToken.None).AsTask();
            var response = await outcome.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!response.FinalResult.IsSuccess)
            {
                await ThrowAsync(command, response, host, port, cancellationToken).ConfigureAwait(false);
            }

            return slot;
        }
        catch when (outcome is { IsCompleted: false }) // the caller has given up
        {
            _ = CloseLaterAsync(link, outcome);
            throw;
        }
        catch
        {
            _ = outcome?.Exception; // it may have failed the moment the caller gave up
            await CloseAsync(link).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task CloseAsync(TransparentLink link)
    {
        link.End.TryEnd(new TcpLinkException(TcpLinkReason.Vanished));
        await link.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>The modem may still connect, which would turn the whole line into that connection: the link stays taken until the outcome is known.</summary>
    private async Task CloseLaterAsync(TransparentLink link, Task<AtResponse> outcome)
    {
        if (!await IsConnectedAsync(outcome).ConfigureAwait(false))
        {
            link.End.TryEnd(new TcpLinkException(TcpLinkReason.Vanished));
        }

        await TryCloseAsync(link).ConfigureAwait(false);
    }

    private static async Task<bool> IsConnectedAsync(Task<AtResponse> outcome)
    {
        try
        {
            return (await outcome.ConfigureAwait(false)).FinalResult.IsSuccess;
        }
        catch (Exception e) when (e is ModemException or InvalidOperationException)
        {
            return false; // the caller has gone: nobody is left to tell
        }
    }

    /// <summary>For nobody to hear: how a close of which nobody knows fails is a matter of the log.</summary>
    private async Task TryCloseAsync(TransparentLink link)
    {
        try
        {
            await link.CloseAsync().ConfigureAwait(false);
        }
        catch (Exception e) // SetDataTerminalReady is the caller's own and may throw anything
        {
            Log.ClosingUnacknowledged(logger, 0, e.Message);
        }
    }

    private async Task ThrowAsync(AtCommand command, AtResponse response, string host, int port, CancellationToken cancellationToken)
    {
        if (response.Kind is UrcKind.ConnectFailed or UrcKind.Closed or UrcKind.CloseOk)
        {
            var reason = await TcpConnector.WhyFailedAsync(channel, dialect, host, cancellationToken).ConfigureAwait(false);
            throw TcpConnectException.Of(reason, dialect.ConnectName, host, port, response.Final);
        }

        // Any other outcome means that the modem was not in transparent mode: its state is stale.
        var state = await context.ReadStateAsync(cancellationToken).ConfigureAwait(false);
        context.OnDeactivated();
        throw TcpConnectException.Of(new ModemFailure(Sim800Stage.Tcp, command, response, state), host, port);
    }
}
