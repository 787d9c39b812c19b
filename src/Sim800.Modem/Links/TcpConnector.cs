using System.Net;
using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;

namespace Sim800.Modem.Links;

/// <summary>Opens a link: a command, and the unsolicited result code that tells the outcome.</summary>
internal sealed class TcpConnector(
    AtChannel channel, ILinkDialect dialect, LinkTable links, PdpContext context, Sim800ModemOptions options, ILogger logger)
{
    /// <summary>The manual says 75 s; units are known to report the failure just after.</summary>
    private static readonly TimeSpan OutcomeTimeout = TimeSpan.FromSeconds(80);

    internal static void Validate(string host, int port)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        if (host.Length > 200 || host.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || host.Contains('"', StringComparison.Ordinal))
        {
            throw new ArgumentException("A host is a name or an address: up to 200 ASCII characters, no spaces, no quotes.", nameof(host));
        }
    }

    /// <returns>The slot, with its link open.</returns>
    internal async Task<LinkSlot> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        await CloseOrphansAsync(cancellationToken).ConfigureAwait(false);
        var slot = links.TryTake(taken => new MultiplexedLink(channel, dialect.Of(taken.Link), taken, options, logger))
            ?? throw TcpConnectException.Of(TcpConnectReason.NoFreeLink, host, port, null);
        var outcome = (UrcKind?)null;
        try
        {
            outcome = await StartAsync(slot, host, port, cancellationToken).ConfigureAwait(false);
            if (outcome == UrcKind.Connected)
            {
                return slot;
            }

            channel.ThrowIfDead();
            var reason = Reason(outcome);
            reason = reason == TcpConnectReason.Failed ? await WhyFailedAsync(channel, dialect, host, cancellationToken).ConfigureAwait(false) : reason;
            throw TcpConnectException.Of(reason, host, port, outcome is { } kind ? dialect.Words(kind) : null);
        }
        catch
        {
            await ReleaseAsync(slot, outcome).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Tells a host that does not exist from one that does not listen: the modem itself reports the same for both.</summary>
    internal static async Task<TcpConnectReason> WhyFailedAsync(
        AtChannel channel, ILinkDialect dialect, string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return TcpConnectReason.Failed;
        }

        var response = await channel.SendAsync(dialect.Resolve(host), cancellationToken).ConfigureAwait(false);
        return dialect.IsUnknownHost(response) ? TcpConnectReason.HostNotFound : TcpConnectReason.Failed;
    }

    private static TcpConnectReason Reason(UrcKind? outcome) => outcome switch
    {
        null => TcpConnectReason.NoOutcome,
        UrcKind.Closed or UrcKind.CloseOk => TcpConnectReason.Closed,
        UrcKind.PdpDeactivated or UrcKind.Started => TcpConnectReason.ContextLost,
        UrcKind.AlreadyConnected => TcpConnectReason.NotAllowed,
        _ => TcpConnectReason.Failed,
    };

    /// <returns>The outcome; <c>null</c> when none came in time.</returns>
    private async Task<UrcKind?> StartAsync(LinkSlot slot, string host, int port, CancellationToken cancellationToken)
    {
        var command = dialect.Connect(slot.Link, host, port);
        var response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        if (!response.FinalResult.IsSuccess && !slot.Outcome.IsCompleted)
        {
            slot.Free();
            var state = await context.ReadStateAsync(cancellationToken).ConfigureAwait(false);
            throw TcpConnectException.Of(new ModemFailure(Sim800Stage.Tcp, command, response, state), host, port);
        }

        try
        {
            return await slot.Outcome.WaitAsync(OutcomeTimeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Without an outcome the modem may still be trying: it is told to stop, and the number rests until it says so.</summary>
    private async Task ReleaseAsync(LinkSlot slot, UrcKind? outcome)
    {
        if (slot.IsFree)
        {
            return;
        }

        if (outcome is not (null or UrcKind.AlreadyConnected))
        {
            slot.Free();
            return;
        }

        if (slot.Abandon() is { } open)
        {
            await open.CloseAsync().ConfigureAwait(false);
            return;
        }

        await TryCloseAsync(slot, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task CloseOrphansAsync(CancellationToken cancellationToken)
    {
        foreach (var orphan in links.Orphans)
        {
            await TryCloseAsync(orphan, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TryCloseAsync(LinkSlot slot, CancellationToken cancellationToken)
    {
        var wasOpen = slot.IsOrphaned;
        try
        {
            var response = await channel.SendAsync(dialect.Of(slot.Link).Close, cancellationToken).ConfigureAwait(false);
            if (response.FinalResult.IsSuccess || wasOpen)
            {
                slot.Free(); // a link that was open and is refused now has been closed meanwhile
            }
        }
        catch (ModemException e)
        {
            Log.ClosingUnacknowledged(logger, slot.Link, e.Message);
        }
    }
}
