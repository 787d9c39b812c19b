using System.Net;
using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;

namespace Sim800.Modem.Links;

/// <summary>Opens a link: a command, and the unsolicited result code that tells the outcome.</summary>
internal sealed class TcpConnector(
    AtChannel channel, ILinkDialect dialect, LinkTable links, PdpContext context, ModemOptions options, ILogger logger)
{
    /// <summary>The line that tells the outcome may be lost: the modem is asked for the state of the link at this interval.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    /// <summary>Before a command that was refused without a cause is sent again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

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

    /// <param name="host">Host name or IPv4 address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="onDialling">Called when the modem has begun to connect: another link may be opened beside this one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The slot, with its link open.</returns>
    internal async Task<LinkSlot> ConnectAsync(string host, int port, Action onDialling, CancellationToken cancellationToken)
    {
        await CloseOrphansAsync(cancellationToken).ConfigureAwait(false);
        var slot = links.TryTake(taken => new MultiplexedLink(channel, dialect.Of(taken.Link), taken, options, logger), dialect.Count)
            ?? throw TcpConnectException.Of(TcpConnectReason.NoFreeLink, dialect.ConnectName, host, port, null);
        var outcome = (UrcKind?)null;
        try
        {
            outcome = await StartAsync(slot, host, port, onDialling, cancellationToken).ConfigureAwait(false);
            if (outcome == UrcKind.Connected)
            {
                return slot;
            }

            channel.ThrowIfDead();
            var reason = Reason(outcome);
            reason = reason == TcpConnectReason.Failed ? await WhyFailedAsync(channel, dialect, host, cancellationToken).ConfigureAwait(false) : reason;
            throw TcpConnectException.Of(reason, dialect.ConnectName, host, port, outcome is { } kind ? dialect.Words(kind, slot.Said) : null);
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
        if (IPAddress.TryParse(host, out _) || dialect.Resolve(host) is not { } resolve)
        {
            return TcpConnectReason.Failed;
        }

        var response = await channel.SendAsync(resolve, cancellationToken).ConfigureAwait(false);
        return dialect.IsUnknownHost(response) ? TcpConnectReason.HostNotFound : TcpConnectReason.Failed;
    }

    private static TcpConnectReason Reason(UrcKind? outcome) => outcome switch
    {
        null => TcpConnectReason.NoOutcome,
        UrcKind.Closed or UrcKind.CloseOk => TcpConnectReason.Closed,
        UrcKind.PdpDeactivated or UrcKind.Started => TcpConnectReason.ContextLost,
        UrcKind.AlreadyConnected => TcpConnectReason.NotAllowed,
        UrcKind.HostUnknown => TcpConnectReason.HostNotFound,
        _ => TcpConnectReason.Failed,
    };

    /// <returns>The outcome; <c>null</c> when none came in time.</returns>
    private async Task<UrcKind?> StartAsync(LinkSlot slot, string host, int port, Action onDialling, CancellationToken cancellationToken)
    {
        foreach (var setting in dialect.BeforeConnect)
        {
            await channel.SendAsync(setting, cancellationToken).ConfigureAwait(false);
        }

        var command = dialect.Connect(slot.Link, host, port);
        if (await TrySendAsync(slot, command, cancellationToken).ConfigureAwait(false) is not { } refusal)
        {
            onDialling();
            return await AwaitOutcomeAsync(slot, cancellationToken).ConfigureAwait(false);
        }

        var state = await context.ReadStateAsync(cancellationToken).ConfigureAwait(false);
        if (context.IsUp && refusal.FinalResult.CmeError is null && !slot.Outcome.IsCompleted)
        {
            await Task.Delay(Pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            if (await TrySendAsync(slot, command, cancellationToken).ConfigureAwait(false) is not { } again)
            {
                onDialling();
                return await AwaitOutcomeAsync(slot, cancellationToken).ConfigureAwait(false);
            }

            refusal = again;
        }

        if (slot.Outcome.IsCompleted)
        {
            return await slot.Outcome.ConfigureAwait(false);
        }

        slot.Free();
        throw TcpConnectException.Of(new ModemFailure(Sim800Stage.Tcp, command, refusal, state), host, port);
    }

    /// <summary>When the answer was lost, the link's own state tells whether the modem is connecting; if not, the command is sent once more.</summary>
    /// <returns>The refusal; <c>null</c> when the modem connects or has done so.</returns>
    private async Task<AtResponse?> TrySendAsync(LinkSlot slot, AtCommand command, CancellationToken cancellationToken)
    {
        AtResponse response;
        try
        {
            response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (AtTimeoutException) when (channel.IsInStep)
        {
            if (slot.Outcome.IsCompleted || await LookAsync(slot, cancellationToken).ConfigureAwait(false) is LinkState.Connecting or LinkState.Connected)
            {
                return null;
            }

            response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        }

        return response.FinalResult.IsSuccess || slot.Outcome.IsCompleted ? null : response;
    }

    /// <returns>The outcome; <c>null</c> when none came in time.</returns>
    private async Task<UrcKind?> AwaitOutcomeAsync(LinkSlot slot, CancellationToken cancellationToken)
    {
        var closed = 0;
        for (var left = dialect.OutcomeTimeout; ; left -= Look)
        {
            try
            {
                return await slot.Outcome.WaitAsync(Look, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException) when (left <= Look)
            {
                return null;
            }
            catch (TimeoutException)
            {
                // Once may be from before: the modem is still looking up the name.
                closed = await LookAsync(slot, cancellationToken).ConfigureAwait(false) == LinkState.Closed ? closed + 1 : 0;
                if (closed > 1 && !slot.Outcome.IsCompleted)
                {
                    return UrcKind.ConnectFailed;
                }
            }
        }
    }

    /// <summary>Asks for the state of the link, and takes note of one that is open.</summary>
    private async Task<LinkState> LookAsync(LinkSlot slot, CancellationToken cancellationToken)
    {
        var commands = dialect.Of(slot.Link);
        var response = await channel.SendAsync(commands.Status, cancellationToken).ConfigureAwait(false);
        var state = commands.ReadStatus(response).State;
        if (state == LinkState.Connected)
        {
            slot.OnUrc(new Urc(UrcKind.Connected, slot.Link, null));
        }

        return state;
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
            var commands = dialect.Of(slot.Link);
            var response = await channel.SendAsync(commands.Close, cancellationToken).ConfigureAwait(false);
            if (response.FinalResult.IsSuccess || wasOpen || commands.IsClosed(response))
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
