using Microsoft.Extensions.Logging;
using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>Opens a link: CIPSTART, and the unsolicited line that says how it went.</summary>
internal sealed class TcpConnector(AtChannel channel, LinkTable links, Sim800ModemOptions options, ILogger logger)
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

    internal async Task<Sim800TcpConnection> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var slot = links.TryTake() ?? throw TcpConnectException.Of(TcpConnectReason.NoFreeLink, host, port, null);
        var outcome = (UrcKind?)null;
        try
        {
            outcome = await StartAsync(slot, host, port, cancellationToken).ConfigureAwait(false);
            if (outcome is not (UrcKind.Connected or UrcKind.AlreadyConnected))
            {
                throw TcpConnectException.Of(Reason(outcome), host, port, outcome?.ToString());
            }

            Log.Connected(logger, slot.Link, host, port);
            return new Sim800TcpConnection(channel, slot, options, logger, host, port);
        }
        catch
        {
            await ReleaseAsync(slot, outcome).ConfigureAwait(false);
            throw;
        }
    }

    private static TcpConnectReason Reason(UrcKind? outcome) => outcome switch
    {
        null => TcpConnectReason.NoOutcome,
        UrcKind.Closed or UrcKind.CloseOk => TcpConnectReason.Closed,
        UrcKind.PdpDeactivated => TcpConnectReason.ContextLost,
        _ => TcpConnectReason.Failed,
    };

    /// <returns>The outcome; <c>null</c> when none came in time.</returns>
    private async Task<UrcKind?> StartAsync(LinkSlot slot, string host, int port, CancellationToken cancellationToken)
    {
        var command = Sim800Commands.Connect(slot.Link, host, port);
        var response = await channel.SendAsync(command, cancellationToken).ConfigureAwait(false);
        if (!response.Result.IsSuccess && !slot.Outcome.IsCompleted)
        {
            throw TcpConnectException.Of(new ModemFailure(ModemStage.Tcp, command, response), host, port);
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
        if (outcome is not null)
        {
            slot.Free();
            return;
        }

        slot.Abandon();
        try
        {
            var response = await channel.SendAsync(LinkCommands.Of(slot.Link).Close, CancellationToken.None).ConfigureAwait(false);
            if (response.Result.IsSuccess)
            {
                slot.Free();
            }
        }
        catch (ModemException e)
        {
            Log.ClosingUnacknowledged(logger, slot.Link, e.Message);
        }
    }
}
