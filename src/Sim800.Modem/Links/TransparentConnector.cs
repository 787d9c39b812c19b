using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;

namespace Sim800.Modem.Links;

/// <summary>Opens the one transparent link; its CIPSTART ends with CONNECT, and behind it every byte is data.</summary>
internal sealed class TransparentConnector(AtChannel channel, LinkTable links, PdpContext context, Sim800ModemOptions options, ILogger logger)
{
    internal async Task<LinkSlot> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var slot = links.TryTake(taken => new TransparentLink(channel, taken, options, logger));
        if (slot is not { Link: 0 })
        {
            slot?.Free();
            throw TcpConnectException.Of(TcpConnectReason.NoFreeLink, host, port, null);
        }

        // The peer's first bytes may stand right behind CONNECT.
        var link = new TransparentLink(channel, slot, options, logger);
        slot.Open(link);
        try
        {
            await StartAsync(host, port, cancellationToken).ConfigureAwait(false);
            return slot;
        }
        catch
        {
            link.OnFailed(new TcpLinkException(TcpLinkReason.Vanished));
            await link.CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task StartAsync(string host, int port, CancellationToken cancellationToken)
    {
        var command = Sim800Commands.ConnectTransparently(host, port);
        var response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        if (response.FinalResult.IsSuccess)
        {
            return;
        }

        if (response.Final is "CONNECT FAIL" or "CLOSED" or "CLOSE OK")
        {
            var reason = await new HostLookup(channel).WhyAsync(host, cancellationToken).ConfigureAwait(false);
            throw TcpConnectException.Of(reason, host, port, response.Final);
        }

        // CONNECT OK and ALREADY CONNECT mean that the modem was not in transparent mode: its state is stale.
        var state = await context.ReadStateAsync(cancellationToken).ConfigureAwait(false);
        context.OnDeactivated();
        throw TcpConnectException.Of(new ModemFailure(ModemStage.Tcp, command, response, state), host, port);
    }
}
