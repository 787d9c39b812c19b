using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Links;

/// <summary>Opens the one transparent link; its CIPSTART ends with CONNECT, and behind it every byte is data.</summary>
internal sealed class TransparentConnector(
    AtChannel channel, LinkTable links, CommandModeSwitch commandMode, PdpContext context, Sim800ModemOptions options, ILogger logger)
{
    internal async Task<LinkSlot> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var slot = links.TryTake(taken => new TransparentLink(channel, taken, commandMode, options, logger));
        if (slot is not { Link: 0 })
        {
            slot?.Free();
            throw TcpConnectException.Of(TcpConnectReason.NoFreeLink, host, port, null);
        }

        // The peer's first bytes may stand right behind CONNECT.
        var link = new TransparentLink(channel, slot, commandMode, options, logger);
        slot.Open(link);
        Task<AtResponse>? outcome = null;
        try
        {
            if (!commandMode.IsByPluses)
            {
                commandMode.SetDtr(true);
            }

            var command = Sim800Commands.ConnectTransparently(host, port);
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
            await CloseAsync(link).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task CloseAsync(TransparentLink link)
    {
        link.End.TryEnd(new TcpLinkException(TcpLinkReason.Vanished));
        await link.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>The modem may connect all the same, and the line would be nothing but that connection: until then nobody else has it.</summary>
    private static async Task CloseLaterAsync(TransparentLink link, Task<AtResponse> outcome)
    {
        await Task.WhenAny(outcome).ConfigureAwait(false);
        if (outcome.IsCompletedSuccessfully && (await outcome.ConfigureAwait(false)).FinalResult.IsSuccess)
        {
            await link.CloseAsync().ConfigureAwait(false);
        }
        else
        {
            await CloseAsync(link).ConfigureAwait(false);
        }
    }

    private async Task ThrowAsync(AtCommand command, AtResponse response, string host, int port, CancellationToken cancellationToken)
    {
        if (response.Final is "CONNECT FAIL" or "CLOSED" or "CLOSE OK")
        {
            var reason = await new HostLookup(channel).WhyAsync(host, cancellationToken).ConfigureAwait(false);
            throw TcpConnectException.Of(reason, host, port, response.Final);
        }

        // CONNECT OK and ALREADY CONNECT mean that the modem was not in transparent mode: its state is stale.
        var state = await context.ReadStateAsync(cancellationToken).ConfigureAwait(false);
        context.OnDeactivated();
        throw TcpConnectException.Of(new ModemFailure(Sim800Stage.Tcp, command, response, state), host, port);
    }
}
