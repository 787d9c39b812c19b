using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Reporting;

namespace Sim800.Modem.BringUp;

/// <summary>Waits until the modem is registered with a mobile network (27.007 §7.2).</summary>
internal sealed class Registration(AtChannel channel, IModemDialect dialect, ModemOptions options, ProgressReport progress)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A status other than searching is taken as final when it has lasted this long. A roaming card is denied by one network after the other.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly long _started = options.TimeProvider.GetTimestamp();
    private TimeSpan _since;
    private int _status = -1;

    private TimeSpan Elapsed => options.TimeProvider.GetElapsedTime(_started);

    /// <param name="hasRestartedAsync">Asked at every turn: a modem that has restarted does not register before its card is unlocked again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns><c>home</c> or <c>roaming</c>, and whether for data only; <c>null</c> when the modem has restarted.</returns>
    /// <exception cref="ModemRegistrationException">Not registered in time.</exception>
    internal async Task<string?> RunAsync(Func<CancellationToken, Task<bool>> hasRestartedAsync, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (status, answer) = (-1, "");
            foreach (var query in dialect.RegistrationQueries)
            {
                var (told, line) = await AskAsync(query, cancellationToken).ConfigureAwait(false);
                if (Describe(told) is { } registered)
                {
                    return registered;
                }

                (status, answer) = answer.Length == 0 ? (told, line) : (status, answer);
            }

            if (await hasRestartedAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            Note(status);
            if (IsLate)
            {
                return await AskForDataOnlyAsync(cancellationToken).ConfigureAwait(false)
                    ?? throw Failure(Reason(status), answer);
            }

            progress.Wait(Sim800Stage.Network, Explain(status));
            await Task.Delay(Interval, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsLate =>
        Elapsed >= options.RegistrationTimeout || (Elapsed - _since >= Patience && Reason(_status) != ModemRegistrationReason.NoNetwork);

    private static string? Describe(int status) => status switch
    {
        1 => "home",
        5 => "roaming",
        _ => null,
    };

    private static string Explain(int status) => status switch
    {
        0 => "not searching yet",
        2 => "searching",
        3 => "denied by the network",
        6 => "for messages only",
        8 => "for emergency calls only",
        _ => "status unknown",
    };

    private static ModemRegistrationReason Reason(int status) => status switch
    {
        0 => ModemRegistrationReason.NotSearching,
        3 or 8 => ModemRegistrationReason.Denied,
        _ => ModemRegistrationReason.NoNetwork,
    };

    private ModemRegistrationException Failure(ModemRegistrationReason reason, string answer) => ModemRegistrationException.Of(
        reason,
        dialect.RegistrationQueries[0].Text,
        answer,
        reason switch
        {
            ModemRegistrationReason.Denied => dialect.WhenDenied,
            ModemRegistrationReason.NotSearching => ModemRemedy.CheckAntennaAndRadio,
            _ => dialect.WhenNoNetwork,
        });

    private void Note(int status)
    {
        if (status != _status)
        {
            (_status, _since) = (status, Elapsed);
        }
    }

    /// <summary>A data-only card is denied circuit-switched registration; registration for GPRS is sufficient.</summary>
    private async Task<string?> AskForDataOnlyAsync(CancellationToken cancellationToken)
    {
        if (dialect.LastRegistrationQuery is not { } query)
        {
            return null;
        }

        var (status, _) = await AskAsync(query, cancellationToken).ConfigureAwait(false);
        return Describe(status) is { } registered ? registered + ", data only" : null;
    }

    private async Task<(int Status, string Answer)> AskAsync(AtCommand query, CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(query, cancellationToken).ConfigureAwait(false);
        var answer = response.Information is [.., var line] ? line : response.Final;
        return (ModemRegistration.TryRead(answer, out var registration) ? (int)registration.Status : -1, answer);
    }
}
