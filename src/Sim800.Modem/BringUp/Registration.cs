using Sim800.Modem.At;

namespace Sim800.Modem.BringUp;

/// <summary>Waits until the modem is registered with a mobile network (27.007 §7.2).</summary>
internal sealed class Registration(AtChannel channel, Sim800ModemOptions options, ProgressReport progress)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>After this long without searching, or denied, nothing will change by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns><c>home</c> or <c>roaming</c>.</returns>
    /// <exception cref="RegistrationException">Not registered in time.</exception>
    internal async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var started = options.TimeProvider.GetTimestamp();
        while (true)
        {
            var response = await channel.SendAsync(Sim800Commands.RegistrationQuery, cancellationToken).ConfigureAwait(false);
            var answer = response.Information is [.., var line] ? line : response.Final;
            var status = Status(answer);
            if (status is 1 or 5)
            {
                return status == 1 ? "home" : "roaming";
            }

            ThrowIfLate(status, answer, options.TimeProvider.GetElapsedTime(started));
            progress.Wait(ModemStage.Network, Describe(status));
            await Task.Delay(Interval, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static int Status(string answer)
    {
        var arguments = new AtArguments(System.Text.Encoding.Latin1.GetBytes(answer));
        return arguments.TryReadInt(out _) && arguments.TryReadInt(out var status) ? status : -1;
    }

    private static string Describe(int status) => status switch
    {
        0 => "not searching yet",
        2 => "searching",
        3 => "denied by the network",
        _ => "status unknown",
    };

    private void ThrowIfLate(int status, string answer, TimeSpan elapsed)
    {
        var reason = status switch
        {
            0 => RegistrationReason.NotSearching,
            3 => RegistrationReason.Denied,
            _ => RegistrationReason.NoNetwork,
        };
        if (elapsed >= options.RegistrationTimeout || (elapsed >= Patience && reason != RegistrationReason.NoNetwork))
        {
            throw RegistrationException.Of(reason, answer);
        }
    }
}
