using TestKit;

namespace Sim800.Modem.Tests.Time;

public sealed class ModemClockTests
{
    private static readonly string[] Bearer =
    [
        ">> AT+SAPBR=2,1\r", "<< \r\n+SAPBR: 1,3,\"0.0.0.0\"\r\n\r\nOK\r\n",
        ">> AT+SAPBR=3,1,\"Contype\",\"GPRS\"\r", "<< \r\nOK\r\n",
        ">> AT+SAPBR=3,1,\"APN\",\"internet\"\r", "<< \r\nOK\r\n",
        ">> AT+SAPBR=3,1,\"USER\",\"web\"\r", "<< \r\nOK\r\n",
        ">> AT+SAPBR=3,1,\"PWD\",\"secret\"\r", "<< \r\nOK\r\n",
        ">> AT+SAPBR=1,1\r", "<< \r\nOK\r\n",
    ];

    private static readonly string[] Asked =
    [
        ">> AT+CNTPCID=1\r", "<< \r\nOK\r\n",
        ">> AT+CNTP=\"pool.ntp.org\",4\r", "<< \r\nOK\r\n",
    ];

    private static readonly string[] Closed = [">> AT+SAPBR=0,1\r", "<< \r\nOK\r\n"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_clock_is_read_or_known_to_be_unset()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CCLK?\r", "<< \r\n+CCLK: \"20/12/09,15:57:04+12\"\r\n\r\nOK\r\n",
            ">> AT+CCLK?\r", "<< \r\n+CCLK: \"04/01/01,00:00:40+12\"\r\n\r\nOK\r\n");

        Assert.Equal(new DateTimeOffset(2020, 12, 9, 12, 57, 4, TimeSpan.Zero), await talk.Modem.Clock.ReadAsync(Ct));
        Assert.Null(await talk.Modem.Clock.ReadAsync(Ct));
    }

    [Fact(Timeout = 120_000)]
    public async Task Network_time_is_noted_wherever_it_comes_and_moves_on()
    {
        var clock = new ManualTimeProvider();
        await using var talk = await Talk.OpenAsync(
            clock,
            ">> AT+CLTS=1;&W\r",
            "<< \r\n*PSUTTZ: 2020,12,9,12,57,4,\"+12\",0\r\n\r\nDST: 0\r\n\r\nOK\r\n");
        Assert.Null(talk.Modem.Clock.NetworkTime);

        await talk.Modem.Clock.UseNetworkTimeAsync(Ct);
        clock.Advance(TimeSpan.FromSeconds(56));

        var time = talk.Modem.Clock.NetworkTime!.Value;
        Assert.Equal(new DateTimeOffset(2020, 12, 9, 15, 58, 0, TimeSpan.FromHours(3)), time.Time);
        Assert.Equal(TimeSpan.FromHours(3), time.Time.Offset);
    }

    [Fact(Timeout = 120_000)]
    public async Task NTP_opens_the_bearer_sets_the_clock_and_closes_the_bearer()
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(
            Bearer,
            Asked,
            [">> AT+CNTP\r", "<< \r\nOK\r\n\r\n+CNTP: 1\r\n"],
            Closed,
            [">> AT+CCLK?\r", "<< \r\n+CCLK: \"26/11/22,10:03:45+04\"\r\n\r\nOK\r\n"]));

        var time = await talk.Modem.Clock.SynchroniseAsync("pool.ntp.org", TimeSpan.FromHours(1), Ct);

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 9, 3, 45, TimeSpan.Zero), time);
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_bearer_that_is_open_stays_open()
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(
            [">> AT+SAPBR=2,1\r", "<< \r\n+SAPBR:1,1,10.89.193.1\r\n\r\nOK\r\n"],
            Asked,
            [">> AT+CNTP\r", "<< \r\n+CNTP: 62\r\n\r\nOK\r\n"])); // the outcome may come before the OK

        var e = await Assert.ThrowsAsync<NtpException>(() => talk.Modem.Clock.SynchroniseAsync(zone: TimeSpan.FromHours(1), cancellationToken: Ct));

        Assert.Equal(NtpReason.NameNotResolved, e.Reason);
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task An_outcome_that_never_comes_is_a_time_out_and_the_bearer_is_closed()
    {
        var clock = new ManualTimeProvider();
        await using var talk = await Talk.OpenAsync(clock, Conversations.Of(Bearer, Asked, [">> AT+CNTP\r", "<< \r\nOK\r\n"]));

        var synchronised = talk.Modem.Clock.SynchroniseAsync("pool.ntp.org", TimeSpan.FromHours(1), Ct);
        await clock.PassAsync(TimeSpan.FromSeconds(60), Ct);
        await talk.PlayAsync(Closed);

        var e = await Assert.ThrowsAsync<NtpException>(() => synchronised);
        Assert.Equal((NtpReason.TimedOut, default(int?)), (e.Reason, e.Code));
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_clock_that_stays_unset_is_a_failure()
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(
            [">> AT+SAPBR=2,1\r", "<< \r\n+SAPBR: 1,1,\"10.1.2.3\"\r\n\r\nOK\r\n"],
            Asked,
            [
                ">> AT+CNTP\r", "<< \r\nOK\r\n\r\n+CNTP: 1\r\n",
                ">> AT+CCLK?\r", "<< \r\n+CCLK: \"04/01/01,00:00:40+00\"\r\n\r\nOK\r\n",
            ]));

        var e = await Assert.ThrowsAsync<NtpException>(
            () => talk.Modem.Clock.SynchroniseAsync("pool.ntp.org", TimeSpan.FromHours(1), Ct));

        Assert.Equal(NtpReason.Unknown, e.Reason);
        Assert.Contains("stands as before", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_line_may_end_while_the_outcome_is_awaited()
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(Bearer, Asked, [">> AT+CNTP\r", "<< \r\nOK\r\n"]));

        var synchronised = talk.Modem.Clock.SynchroniseAsync("pool.ntp.org", TimeSpan.FromHours(1), Ct);
        await talk.PlayedAsync();
        await talk.HangUpAsync();

        await Assert.ThrowsAsync<ModemClosedException>(() => synchronised);
    }

    [Fact(Timeout = 120_000)]
    public async Task Servers_and_zones_are_checked_before_anything_is_sent()
    {
        await using var talk = await Talk.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => talk.Modem.Clock.SynchroniseAsync("a\",1\r\nAT+CPOWD=1", cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => talk.Modem.Clock.SynchroniseAsync(new string('a', 65), cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => talk.Modem.Clock.SynchroniseAsync("", cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => talk.Modem.Clock.SynchroniseAsync(zone: TimeSpan.FromMinutes(7), cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => talk.Modem.Clock.SynchroniseAsync(zone: TimeSpan.FromHours(-12), cancellationToken: Ct));
        Assert.Equal(4, talk.Modem.CommandCount);
    }
}
