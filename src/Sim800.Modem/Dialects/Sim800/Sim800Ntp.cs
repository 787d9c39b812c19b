using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>Sets the modem's clock from an NTP server (<c>AT+CNTP</c>).</summary>
internal static class Sim800Ntp
{
    internal const int Succeeded = 1;
    private static readonly TimeSpan OutcomeTimeout = TimeSpan.FromSeconds(60);

    internal static async Task SetClockAsync(
        AtChannel channel, ModemOptions options, string server, int quarterHours, CancellationToken cancellationToken)
    {
        var bearer = await Sim800Bearer.OpenAsync(channel, options, cancellationToken).ConfigureAwait(false);
        await using (bearer.ConfigureAwait(false))
        {
            await channel.ExecuteAsync(Sim800Commands.NtpBearer, Sim800Stage.Gprs, cancellationToken).ConfigureAwait(false);
            await channel.ExecuteAsync(
                Sim800Commands.NtpServer(server, quarterHours), Sim800Stage.Gprs, cancellationToken).ConfigureAwait(false);
            await RunAsync(channel, server, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads <c>+CNTP: 1</c> and, from newer firmware, <c>+CNTP: 1,"2026/11/22,09:03:45"</c>.</summary>
    internal static bool TryRead(string line, out int code)
    {
        code = 0;
        return line.StartsWith("+CNTP:", StringComparison.Ordinal)
            && new AtArguments(Encoding.Latin1.GetBytes(line)).TryReadInt(out code)
            && code >= 0;
    }

    private static async Task RunAsync(AtChannel channel, string server, CancellationToken cancellationToken)
    {
        using var outcome = new UrcWaiter<string>(channel, urc => urc.Text is { } text && TryRead(text, out _) ? text : null);
        await channel.ExecuteAsync(Sim800Commands.Ntp, Sim800Stage.Gprs, cancellationToken).ConfigureAwait(false);
        try
        {
            TryRead(await outcome.WaitAsync(OutcomeTimeout, cancellationToken).ConfigureAwait(false), out var code);
            if (code != Succeeded)
            {
                throw NtpException.Of(code, server);
            }
        }
        catch (TimeoutException)
        {
            throw NtpException.NoOutcome(server);
        }
    }
}
