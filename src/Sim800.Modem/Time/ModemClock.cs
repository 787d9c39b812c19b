using Sim800.Modem.At;
using Sim800.Modem.Bearer;
using Sim800.Modem.Time;

namespace Sim800.Modem;

/// <summary>The modem's clock, and what the network says of the time: for a host without a clock of its own.</summary>
public sealed class ModemClock
{
    private const int MaxServerLength = 64;
    private static readonly TimeSpan NtpTimeout = TimeSpan.FromSeconds(60);
    private readonly Sim800Modem _modem;
    private NetworkTimeNote? _networkTime;

    internal ModemClock(Sim800Modem modem)
    {
        _modem = modem;
        modem.Urcs.Subscribe(OnUrc);
    }

    /// <summary>What the network said last of the time, moved on since; <c>null</c> when it has said nothing yet.</summary>
    /// <remarks>The network tells the time when the modem registers, after <see cref="UseNetworkTimeAsync"/>.</remarks>
    public NetworkTime? NetworkTime
    {
        get
        {
            if (Volatile.Read(ref _networkTime) is not { } note)
            {
                return null;
            }

            var since = _modem.Options.TimeProvider.GetElapsedTime(note.Timestamp);
            return note.Said with { Time = note.Said.Time + since };
        }
    }

    /// <summary>Reads the modem's clock (<c>AT+CCLK?</c>), to the second.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Local time with its zone; <c>null</c> when the clock was never set, as after every loss of power.</returns>
    /// <exception cref="ModemException">The modem refused, did not answer or answered nonsense.</exception>
    public Task<DateTimeOffset?> ReadAsync(CancellationToken cancellationToken = default) =>
        AtQuery.AskAsync<DateTimeOffset?>(_modem, Sim800UserCommands.Clock, Sim800Stage.Modem, ClockText.TryRead, cancellationToken);

    /// <summary>
    /// Lets the network set the clock from the next registration on (<c>AT+CLTS=1</c>, saved). Not every operator tells the
    /// time.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public async Task UseNetworkTimeAsync(CancellationToken cancellationToken = default) =>
        await _modem.ExecuteAsync(Sim800UserCommands.NetworkTime, Sim800Stage.Modem, cancellationToken).ConfigureAwait(false);

    /// <summary>Sets the clock by NTP (<c>AT+CNTP</c>) and reads it. Often fails at first: see <see cref="ModemException.IsTransient"/>.</summary>
    /// <param name="server">Name or address of the server, such as <c>pool.ntp.org</c>.</param>
    /// <param name="zone">Distance of the local zone from UTC, in quarters of an hour, -11:45 to 12:00.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="NtpException">The clock was not set; the reason says why.</exception>
    /// <exception cref="ModemException">The bearer could not be opened, or the modem refused or did not answer.</exception>
    public async Task<DateTimeOffset> SynchroniseAsync(
        string server = "pool.ntp.org", TimeSpan zone = default, CancellationToken cancellationToken = default)
    {
        AtQuery.ThrowIfNotQuotable(server, MaxServerLength, nameof(server));
        var quarters = QuarterHours(zone);
        var bearer = await BearerSession.OpenAsync(_modem, cancellationToken).ConfigureAwait(false);
        await using (bearer.ConfigureAwait(false))
        {
            await ExecuteAsync(Sim800UserCommands.NtpBearer, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(Sim800UserCommands.NtpServer(server, quarters), cancellationToken).ConfigureAwait(false);
            await RunNtpAsync(server, cancellationToken).ConfigureAwait(false);
        }

        return await ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw NtpException.NotSet(server);
    }

    private static int QuarterHours(TimeSpan zone)
    {
        var quarters = zone.TotalMinutes / 15;
        return quarters is >= -47 and <= 48 && quarters % 1 == 0
            ? (int)quarters
            : throw new ArgumentOutOfRangeException(nameof(zone), zone, "Zones go from -11:45 to 12:00 in quarters of an hour.");
    }

    private async Task RunNtpAsync(string server, CancellationToken cancellationToken)
    {
        using var outcome = new UrcWaiter<string>(_modem, urc => urc.Text is { } text && NtpAnswer.TryRead(text, out _) ? text : null);
        await ExecuteAsync(Sim800UserCommands.Ntp, cancellationToken).ConfigureAwait(false);
        try
        {
            NtpAnswer.TryRead(await outcome.WaitAsync(NtpTimeout, cancellationToken).ConfigureAwait(false), out var code);
            if (code != NtpAnswer.Succeeded)
            {
                throw NtpException.Of(code, server);
            }
        }
        catch (TimeoutException)
        {
            throw NtpException.NoOutcome(server);
        }
    }

    private async Task ExecuteAsync(AtCommand command, CancellationToken cancellationToken) =>
        await _modem.ExecuteAsync(command, Sim800Stage.Gprs, cancellationToken).ConfigureAwait(false);

    private void OnUrc(Urc urc)
    {
        if (urc is { Kind: UrcKind.NetworkTime, Text: { } text } && Modem.NetworkTime.TryRead(text, out var said))
        {
            Volatile.Write(ref _networkTime, new NetworkTimeNote(said, _modem.Options.TimeProvider.GetTimestamp()));
        }
    }

    private sealed record NetworkTimeNote(NetworkTime Said, long Timestamp);
}
