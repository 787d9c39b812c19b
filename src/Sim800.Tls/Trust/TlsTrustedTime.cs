using System.Globalization;
using System.Reflection;

namespace Sim800.Tls;

/// <summary>
/// The time certificates are judged by, on devices that may have none: the system clock if it is sane, else the first of
/// the given sources that is, carried on by the monotonic clock. Never before this library was released, never decades after.
/// </summary>
public sealed class TlsTrustedTime
{
    private static readonly TimeSpan LatestAfterRelease = TimeSpan.FromDays(365.25 * 30);
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromHours(24);
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<TlsTrustedTimeSource> _sources;
    private readonly TimeSpan _sourceTimeout;
    private Reading? _last;

    /// <param name="clock">The system clock; also measures the time-outs.</param>
    /// <param name="sources">Asked in this order when the clock is unset.</param>
    /// <param name="sourceTimeout">How long each may take; 30 s if <c>null</c>.</param>
    public TlsTrustedTime(TimeProvider clock, IReadOnlyList<TlsTrustedTimeSource>? sources = null, TimeSpan? sourceTimeout = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _sources = sources ?? [];
        _sourceTimeout = sourceTimeout ?? TimeSpan.FromSeconds(30);
    }

    /// <summary>The system clock alone.</summary>
    public static TlsTrustedTime System { get; } = new(TimeProvider.System);

    /// <summary>When this library was released: no clock that is right shows an earlier time.</summary>
    public static DateTimeOffset ReleaseDate { get; } = ReadReleaseDate();

    /// <summary>The time.</summary>
    /// <exception cref="TlsCertificateException">Nobody knows it: <see cref="TlsCertificateStatus.ClockUnset"/>.</exception>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellationToken"/>.</exception>
    public async ValueTask<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken = default)
    {
        var now = _clock.GetUtcNow();
        if (IsSane(now))
        {
            return now;
        }

        if (_last is { } last && _clock.GetElapsedTime(last.Timestamp) is var elapsed && elapsed < ReadAgainAfter)
        {
            return last.Time + elapsed;
        }

        var failures = new List<Exception>();
        foreach (var source in _sources)
        {
            if (await AskAsync(source, failures, cancellationToken).ConfigureAwait(false) is { } time && IsSane(time))
            {
                _last = new(time, _clock.GetTimestamp());
                return time;
            }
        }

        throw Unset(now, failures);
    }

    private static bool IsSane(DateTimeOffset time) => time >= ReleaseDate && time <= ReleaseDate + LatestAfterRelease;

    private static DateTimeOffset ReadReleaseDate()
    {
        var text = typeof(TlsTrustedTime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key is "ReleaseDate").Value!;
        return DateTimeOffset.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }

    private async ValueTask<DateTimeOffset?> AskAsync(TlsTrustedTimeSource source, List<Exception> failures, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_sourceTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await source.Read(either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            failures.Add(e);
            return null;
        }
    }

    private TlsCertificateException Unset(DateTimeOffset now, List<Exception> failures)
    {
        var asked = _sources.Count == 0 ? "" : $", and nobody else knew the time ({string.Join(", ", _sources.Select(source => source.Name))})";
        return new(
            TlsCertificateStatus.ClockUnset,
            $"The clock is not set: it shows {now:u}{asked}.",
            failures.Count == 0 ? null : new AggregateException(failures));
    }

    private sealed record Reading(DateTimeOffset Time, long Timestamp);
}

/// <summary>Somebody who knows the time: the modem's network time (AT+CCLK after *PSUTTZ), NTP by the modem (AT+CNTP), a GPS.</summary>
/// <param name="Name">For messages and the log.</param>
/// <param name="Read">Asks, asynchronously; <c>null</c> when it does not know. What it throws counts as not knowing.</param>
public sealed record TlsTrustedTimeSource(string Name, Func<CancellationToken, ValueTask<DateTimeOffset?>> Read);
