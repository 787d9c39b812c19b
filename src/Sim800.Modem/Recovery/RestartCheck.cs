using Sim800.Modem.At;
using Sim800.Modem.BringUp;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Recovery;

/// <summary>Asks the modem for something that it would have forgotten by a restart.</summary>
internal sealed class RestartCheck(AtChannel channel, IModemDialect dialect, PdpContext context)
{
    /// <summary>Whether the modem has restarted since it was set up. One that does not answer is taken for restarted.</summary>
    /// <exception cref="ModemClosedException">The line is dead.</exception>
    internal async Task<bool> HasRestartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return context.IsUp
                ? !(await dialect.ReadStateAsync(channel, cancellationToken).ConfigureAwait(false)).IsUp
                : await HasForgottenSettingsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AtTimeoutException)
        {
            return true;
        }
    }

    /// <summary>Ends the line with what was thrown by whoever was told of the restart.</summary>
    internal void EndLine(Exception reason) => channel.Fault(reason);

    /// <summary>Errors in words are switched on at the beginning of every bring-up, and off by every restart.</summary>
    internal async Task<bool> HasForgottenSettingsAsync(CancellationToken cancellationToken)
    {
        if (!dialect.ForgetsErrorFormat)
        {
            return true; // the lines of its boot are all that tells, and they have come
        }

        var response = await channel.SendAsync(StandardCommands.ErrorFormat, cancellationToken).ConfigureAwait(false);
        return response.Information is not [.., var line] || !line.EndsWith('2');
    }
}
