using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Dialects;

/// <summary>Sets the clock of an LTE modem from an NTP server: 0 is success, where a SIM800 says 1, and no bearer has to be opened.</summary>
internal static class SimcomLteNtp
{
    internal static async Task SetClockAsync(AtChannel channel, string server, int quarterHours, CancellationToken cancellationToken)
    {
        await channel.ExecuteAsync(SimcomLteCommands.NtpServer(server, quarterHours), Sim800Stage.Gprs, cancellationToken).ConfigureAwait(false);
        AtResponse response;
        try
        {
            response = await channel.SendAsync(SimcomLteCommands.Ntp, cancellationToken).ConfigureAwait(false);
        }
        catch (AtTimeoutException) when (channel.IsInStep)
        {
            throw NtpException.NoOutcome(server);
        }

        if (!response.FinalResult.IsSuccess)
        {
            var line = response.Information is [.., var last] ? last : response.Final;
            throw new AtArguments(Encoding.Latin1.GetBytes(line)).TryReadInt(out var code)
                ? NtpException.Of(ReasonOf(code), code, server)
                : AtCommandException.Of(new ModemFailure(Sim800Stage.Gprs, SimcomLteCommands.Ntp, response));
        }
    }

    private static NtpReason ReasonOf(int code) => code switch
    {
        4 => NtpReason.NetworkError,
        3 => NtpReason.ServiceError,
        6 => NtpReason.TimedOut,
        _ => NtpReason.Unknown,
    };
}
