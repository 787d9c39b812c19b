namespace Sim800.Tls.Tests.Trust;

public sealed class TlsTrustedTimeTests
{
    private static readonly DateTimeOffset Unset = new(1970, 1, 1, 0, 5, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset True = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sane_clock_is_believed_and_nobody_is_asked()
    {
        var asked = 0;
        var time = new TlsTrustedTime(new FakeTimeProvider(True), [Source("modem", () => asked++)]);
        Assert.Equal(True, await time.GetUtcNowAsync(Cancel));
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task An_unset_clock_is_explained()
    {
        var refusal = await Assert.ThrowsAsync<TlsCertificateException>(
            () => new TlsTrustedTime(new FakeTimeProvider(Unset)).GetUtcNowAsync(Cancel).AsTask());
        Assert.Equal(TlsCertificateStatus.ClockUnset, refusal.Status);
        Assert.Contains("The clock is not set: it shows 1970-01-01 00:05:00Z.", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Set the clock, or give TlsClientOptions.TrustedTime a source", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_source_that_knows_is_believed()
    {
        TlsTrustedTimeSource[] sources = [Answer("modem", null), Answer("NTP", True), Answer("GPS", True.AddHours(1))];
        Assert.Equal(True, await new TlsTrustedTime(new FakeTimeProvider(Unset), sources).GetUtcNowAsync(Cancel));
    }

    [Theory]
    [InlineData(2004)] // what a SIM800 shows before the network told it
    [InlineData(2080)]
    public async Task A_source_that_cannot_be_right_is_passed_over(int year)
    {
        TlsTrustedTimeSource[] sources = [Answer("modem", new(year, 1, 1, 0, 0, 0, TimeSpan.Zero)), Answer("NTP", True)];
        Assert.Equal(True, await new TlsTrustedTime(new FakeTimeProvider(Unset), sources).GetUtcNowAsync(Cancel));
    }

    [Fact]
    public async Task A_clock_far_in_the_future_is_unset_too()
    {
        var clock = new FakeTimeProvider(TlsTrustedTime.ReleaseDate.AddYears(31));
        await Assert.ThrowsAsync<TlsCertificateException>(() => new TlsTrustedTime(clock).GetUtcNowAsync(Cancel).AsTask());
    }

    [Fact]
    public async Task The_release_date_is_the_earliest_time()
    {
        Assert.Equal(TlsTrustedTime.ReleaseDate, await new TlsTrustedTime(new FakeTimeProvider(TlsTrustedTime.ReleaseDate)).GetUtcNowAsync(Cancel));
        var before = new FakeTimeProvider(TlsTrustedTime.ReleaseDate.AddSeconds(-1));
        await Assert.ThrowsAsync<TlsCertificateException>(() => new TlsTrustedTime(before).GetUtcNowAsync(Cancel).AsTask());
    }

    [Fact]
    public void The_release_date_is_a_day_in_UTC_and_in_the_past()
    {
        Assert.Equal(TimeSpan.Zero, TlsTrustedTime.ReleaseDate.Offset);
        Assert.Equal(TimeSpan.Zero, TlsTrustedTime.ReleaseDate.TimeOfDay);
        Assert.InRange(TlsTrustedTime.ReleaseDate, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task An_answer_is_carried_on_by_the_monotonic_clock_for_a_day()
    {
        var asked = 0;
        var clock = new FakeTimeProvider(Unset);
        var time = new TlsTrustedTime(clock, [Source("modem", () => asked++)]);
        Assert.Equal(True, await time.GetUtcNowAsync(Cancel));
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(True.AddHours(23), await time.GetUtcNowAsync(Cancel));
        Assert.Equal(1, asked);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(True, await time.GetUtcNowAsync(Cancel));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_clock_that_is_set_in_the_meantime_is_believed_again()
    {
        var clock = new FakeTimeProvider(Unset);
        var time = new TlsTrustedTime(clock, [Answer("modem", True)]);
        await time.GetUtcNowAsync(Cancel);
        clock.Advance(True.AddDays(3) - Unset);
        Assert.Equal(True.AddDays(3), await time.GetUtcNowAsync(Cancel));
    }

    [Fact]
    public async Task A_source_that_fails_is_passed_over_and_kept_for_the_explanation()
    {
        TlsTrustedTimeSource broken = new("modem", _ => throw new IOException("no network time"));
        Assert.Equal(True, await new TlsTrustedTime(new FakeTimeProvider(Unset), [broken, Answer("NTP", True)]).GetUtcNowAsync(Cancel));
        var refusal = await Assert.ThrowsAsync<TlsCertificateException>(
            () => new TlsTrustedTime(new FakeTimeProvider(Unset), [broken, Answer("NTP", null)]).GetUtcNowAsync(Cancel).AsTask());
        Assert.Contains("nobody else knew the time (modem, NTP)", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("no network time", Assert.Single(Assert.IsType<AggregateException>(refusal.InnerException).InnerExceptions).Message);
    }

    [Fact]
    public async Task A_source_that_hangs_is_given_up()
    {
        var clock = new FakeTimeProvider(Unset);
        TlsTrustedTimeSource hangs = new("modem", _ => new(new TaskCompletionSource<DateTimeOffset?>().Task));
        var waiting = new TlsTrustedTime(clock, [hangs, Answer("NTP", True)], TimeSpan.FromSeconds(10)).GetUtcNowAsync(Cancel).AsTask();
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(True, await waiting.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
    }

    [Fact]
    public async Task Cancelling_ends_the_asking()
    {
        using var cancel = new CancellationTokenSource();
        TlsTrustedTimeSource hangs = new("modem", _ => new(new TaskCompletionSource<DateTimeOffset?>().Task));
        var waiting = new TlsTrustedTime(new FakeTimeProvider(Unset), [hangs]).GetUtcNowAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static TlsTrustedTimeSource Answer(string name, DateTimeOffset? time) => new(name, _ => new(time));

    private static TlsTrustedTimeSource Source(string name, Action asked) => new(name, _ =>
    {
        asked();
        return new(True);
    });
}
