using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Time;

namespace Sim800.Modem;

/// <summary>The modem's real-time clock and the time of the network, for a host without a clock of its own.</summary>
public sealed class ModemClock
{
    private const int MaxServerLength = 64;
    private readonly AtChannel _channel;
    private readonly IModemDialect _dialect;
    private readonly ModemOptions _options;
    private NetworkTimeNote? _networkTime;

    internal ModemClock(AtChannel channel, IModemDialect dialect, ModemOptions options)
    {
        (_channel, _dialect, _options) = (channel, dialect, options);
        channel.Urcs.Subscribe(OnUrc);
    }

    /// <summary>The latest network time (NITZ), advanced to now; <c>null</c> when none has been received.</summary>
    /// <remarks>The network tells the time when the modem registers, after <see cref="UseNetworkTimeAsync"/>.</remarks>
    public ModemNetworkTime? NetworkTime
    {
        get
        {
            if (Volatile.Read(ref _networkTime) is not { } note)
            {
                return null;
            }

            var since = _channel.Clock.GetElapsedTime(note.Timestamp);
            return note.Said with { Time = note.Said.Time + since };
        }
    }

    /// <summary>Reads the modem's clock (<c>AT+CCLK?</c>), to the second.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Local time with its zone; <c>null</c> when the clock was never set, as after every loss of power.</returns>
    /// <exception cref="ModemException">The modem refused, did not answer or gave an answer that cannot be read.</exception>
    public Task<DateTimeOffset?> ReadAsync(CancellationToken cancellationToken = default) =>
        _channel.AskAsync<DateTimeOffset?>(StandardCommands.Clock, Sim800Stage.Modem, ClockText.TryRead, cancellationToken);

    /// <summary>
    /// Lets the network set the clock from the next registration on (<c>AT+CLTS=1</c>, saved). Not every operator sends the
    /// time.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused or did not answer.</exception>
    public async Task UseNetworkTimeAsync(CancellationToken cancellationToken = default) =>
        await _channel.ExecuteAsync(_dialect.UseNetworkTime, Sim800Stage.Modem, cancellationToken).ConfigureAwait(false);

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
        await _dialect.SetClockAsync(_channel, _options, server, quarters, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw NtpException.NotSet(server);
    }

    private static int QuarterHours(TimeSpan zone)
    {
        var quarters = zone.TotalMinutes / 15;
        return quarters is >= -47 and <= 48 && quarters % 1 == 0
            ? (int)quarters
            : throw new ArgumentOutOfRangeException(nameof(zone), zone, "Zones go from -11:45 to 12:00 in quarters of an hour.");
    }

    private void OnUrc(Urc urc)
    {
        if (urc is { Kind: UrcKind.NetworkClock, Text: { } text } && ModemNetworkTime.TryRead(text, out var said))
        {
            Volatile.Write(ref _networkTime, new NetworkTimeNote(said, _channel.Clock.GetTimestamp()));
        }
    }

    private sealed record NetworkTimeNote(ModemNetworkTime Said, long Timestamp);
}
