using Microsoft.Extensions.Logging;
using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>
/// Ends a link in order. What the modem has accepted it may not have delivered yet, and a quick close discards it: so the peer's
/// acknowledgement is awaited first.
/// </summary>
internal sealed class LinkCloser(AtChannel channel, LinkCommands commands, ModemOptions options, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    internal async ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(commands.Acknowledged, cancellationToken).ConfigureAwait(false);
        return response.FinalResult.IsSuccess
            ? commands.ReadAcknowledgement(response)
            : throw AtCommandException.Of(new ModemFailure(Sim800Stage.Tcp, commands.Acknowledged, response));
    }

    /// <summary>Waits until all is sent and acknowledged, the link is dead, or the time is up.</summary>
    internal async Task AwaitDeliveryAsync(Task sending, Func<bool> isOwed, CancellationToken deadline)
    {
        try
        {
            await sending.WaitAsync(deadline).ConfigureAwait(false);
            while (isOwed() && (await ReadAcknowledgementAsync(deadline).ConfigureAwait(false)).Unacknowledged > 0)
            {
                await Task.Delay(Interval, options.TimeProvider, deadline).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ModemException or OperationCanceledException)
        {
            Log.ClosingUnacknowledged(logger, commands.Link, e.Message);
        }
    }

    /// <summary>A refusal is as good as a success: it means that the link is closed already.</summary>
    /// <returns><c>false</c> when the modem did not answer.</returns>
    internal async Task<bool> TryCloseAsync()
    {
        try
        {
            await channel.SendAsync(commands.Close, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (ModemException e)
        {
            Log.ClosingUnacknowledged(logger, commands.Link, e.Message);
            return false;
        }
    }
}
