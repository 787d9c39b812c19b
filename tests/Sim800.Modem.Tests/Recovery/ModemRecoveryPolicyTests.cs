using System.Globalization;
using TestKit;

namespace Sim800.Modem.Tests.Recovery;

public sealed class ModemRecoveryPolicyTests
{
    private static readonly ModemRecoveryOptions Options = new() { Jitter = 0 };
    private static readonly ModemRecoveryFailure Refused = new(Sim800Stage.Tcp, ModemFailureNature.Passing) { Command = "AT+CIPSTART" };
    private static readonly ModemRecoveryFailure BareError = new(Sim800Stage.Tcp, ModemFailureNature.Doubtful) { Command = "AT+CIPSTART", State = "ERROR" };
    private static readonly ModemRecoveryFailure WrongPassword = new(Sim800Stage.Mqtt, ModemFailureNature.NeedsMending) { HasReceived = true };

    [Theory]
    [InlineData(true, ModemRecoveryRung.PowerCycle, "0 0 1 1 2 2 3 3 4 4 1 1 2 2 3 3 4")]
    [InlineData(false, ModemRecoveryRung.PowerCycle, "0 0 1 1 2 2 3 3 1 1 2 2 3 3 1 1 2")]
    [InlineData(true, ModemRecoveryRung.RebuildContext, "0 0 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")]
    [InlineData(true, ModemRecoveryRung.Reopen, "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0")]
    public void Every_rung_gets_two_attempts_and_above_the_last_it_begins_anew(bool hasPower, ModemRecoveryRung highest, string rungs)
    {
        var policy = new ModemRecoveryPolicy(Options with { Highest = highest }, hasPower);

        var climbed = Enumerable.Range(0, 17).Select(_ => (int)policy.OnFailure(Refused, 0.5).Rung);

        Assert.Equal(rungs, string.Join(' ', climbed));
    }

    [Fact]
    public void An_attempt_whose_outcome_never_came_stands_for_all_of_its_rung()
    {
        var policy = new ModemRecoveryPolicy(Options, hasPower: true);

        var climbed = Enumerable.Range(0, 6).Select(_ => (int)policy.OnFailure(Refused with { HadNoOutcome = true }, 0.5).Rung);

        Assert.Equal("0 1 2 3 4 1", string.Join(' ', climbed));
        Assert.True(ModemRecoveryFailure.Of(TcpConnectException.Of(TcpConnectReason.NoOutcome, "AT+CIPSTART", "h", 1, answer: null)).HadNoOutcome);
        Assert.False(ModemRecoveryFailure.Of(TcpConnectException.Of(TcpConnectReason.Failed, "AT+CIPSTART", "h", 1, "CONNECT FAIL")).HadNoOutcome);
    }

    [Fact]
    public void Pauses_double_up_to_the_longest()
    {
        var policy = New();

        var pauses = Enumerable.Range(0, 9).Select(_ => policy.OnFailure(Refused, 0.5).Pause.TotalSeconds);

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], pauses);
        Assert.Equal((9, 9), (policy.Failures, policy.Repetitions));
    }

    [Theory]
    [InlineData(0, 0.8)]
    [InlineData(0.5, 1)]
    [InlineData(1, 1.2)]
    public void Chance_moves_the_pause_within_the_jitter(double chance, double seconds) =>
        Assert.Equal(seconds, new ModemRecoveryPolicy(new ModemRecoveryOptions(), hasPower: false).OnFailure(Refused, chance).Pause.TotalSeconds, 6);

    [Fact]
    public void A_connection_that_lasted_resets_the_pauses_and_one_that_did_not_does_not()
    {
        var policy = New();
        policy.OnFailure(Refused, 0.5);
        policy.OnFailure(Refused with { Lasted = TimeSpan.FromSeconds(29) }, 0.5);

        Assert.Equal(TimeSpan.FromSeconds(4), policy.OnFailure(Refused with { Lasted = TimeSpan.FromSeconds(29) }, 0.5).Pause);
        Assert.Equal(TimeSpan.FromSeconds(1), policy.OnFailure(Refused with { Lasted = TimeSpan.FromSeconds(30) }, 0.5).Pause);
        Assert.Equal(1, policy.Failures);
    }

    [Fact]
    public void An_attempt_that_never_connected_is_no_success_even_when_everything_counts_as_stable()
    {
        var policy = new ModemRecoveryPolicy(Options with { StableAfter = TimeSpan.Zero }, hasPower: false);
        policy.OnFailure(Refused, 0.5);

        Assert.Equal(TimeSpan.FromSeconds(2), policy.OnFailure(Refused, 0.5).Pause);
    }

    [Fact]
    public void A_success_leads_back_to_the_ground()
    {
        var policy = New();
        for (var failure = 0; failure < 5; failure++)
        {
            policy.OnFailure(Refused, 0.5);
        }

        policy.OnSuccess();

        Assert.Equal((ModemRecoveryRung.Reopen, TimeSpan.FromSeconds(1)), Brief(policy.OnFailure(Refused, 0.5)));
    }

    [Fact]
    public void Bytes_from_the_server_lead_the_modem_back_to_the_ground_and_not_the_pauses()
    {
        var policy = New();
        for (var failure = 0; failure < 4; failure++)
        {
            policy.OnFailure(Refused, 0.5);
        }

        Assert.Equal((ModemRecoveryRung.Reopen, TimeSpan.FromSeconds(16)), Brief(policy.OnFailure(Refused with { Layer = Sim800Stage.Tls, HasReceived = true }, 0.5)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_bare_error_costs_a_second(bool isFirst)
    {
        var decision = New().OnFailure(BareError with { IsFirst = isFirst }, 0.5);

        Assert.Equal((ModemFailureNature.Passing, TimeSpan.FromSeconds(1), false), (decision.Nature, decision.Pause, decision.GivesUp));
    }

    [Fact]
    public void A_bare_error_that_survives_the_whole_ladder_is_somebodys_to_mend()
    {
        var policy = New();
        var judged = Enumerable.Range(0, 10).Select(_ => policy.OnFailure(BareError, 0.5)).ToList();

        Assert.All(judged[..^1], decision => Assert.Equal(ModemFailureNature.Passing, decision.Nature));
        Assert.Equal((ModemFailureNature.NeedsMending, TimeSpan.FromMinutes(1)), (judged[^1].Nature, judged[^1].Pause));
        Assert.Equal(5, judged.Select(decision => decision.Rung).Distinct().Count());
    }

    [Fact]
    public void Bare_errors_at_different_places_pass()
    {
        var policy = New();
        for (var failure = 0; failure < 100; failure++)
        {
            var state = failure % 2 == 0 ? "IP STATUS" : "IP INITIAL";
            Assert.Equal(ModemFailureNature.Passing, policy.OnFailure(BareError with { State = state }, 0.5).Nature);
        }
    }

    [Fact]
    public void Above_tcp_three_times_at_one_place_are_enough()
    {
        var policy = New();
        var breach = new ModemRecoveryFailure(Sim800Stage.Mqtt, ModemFailureNature.Doubtful) { HasReceived = true };

        Assert.Equal(
            [ModemFailureNature.Passing, ModemFailureNature.Passing, ModemFailureNature.NeedsMending],
            Enumerable.Range(0, 3).Select(_ => policy.OnFailure(breach, 0.5).Nature));
    }

    [Fact]
    public void A_wrong_password_ends_the_first_connection_at_once_and_is_not_hammered_later()
    {
        Assert.True(New().OnFailure(WrongPassword with { IsFirst = true }, 0.5).GivesUp);

        var policy = New();
        var decisions = Enumerable.Range(0, 6).Select(_ => policy.OnFailure(WrongPassword, 0.5)).ToList();
        Assert.Equal([1, 2, 4, 5, 5, 5], decisions.Select(decision => decision.Pause.TotalMinutes));
        Assert.All(decisions, decision => Assert.Equal((false, ModemRecoveryRung.Reopen), (decision.GivesUp, decision.Rung)));
    }

    [Fact]
    public void What_somebody_has_to_mend_is_borne_as_often_as_the_options_say()
    {
        var policy = new ModemRecoveryPolicy(Options with { PersistentFailures = 2 }, hasPower: false);
        policy.OnFailure(WrongPassword, 0.5);
        policy.OnFailure(Refused, 0.5);
        policy.OnFailure(WrongPassword, 0.5);
        Assert.False(policy.OnFailure(WrongPassword with { Lasted = TimeSpan.FromSeconds(30) }, 0.5).GivesUp);

        Assert.True(policy.OnFailure(WrongPassword, 0.5).GivesUp);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_refused_pin_is_never_tried_again(bool isFirst) =>
        Assert.True(New().OnFailure(new ModemRecoveryFailure(Sim800Stage.Sim, ModemFailureNature.Final) { IsFirst = isFirst }, 0.5).GivesUp);

    [Fact]
    public void A_device_that_is_away_is_looked_for_every_second_however_long()
    {
        var policy = New();
        var away = new ModemRecoveryFailure(Sim800Stage.Line, ModemFailureNature.DeviceAway);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal((ModemRecoveryRung.Reopen, TimeSpan.FromSeconds(1)), Brief(policy.OnFailure(away, 0.5))));
    }

    [Fact]
    public void What_forbids_a_device_that_was_open_before_passes()
    {
        var forbidden = new ModemRecoveryFailure(Sim800Stage.Line, ModemFailureNature.NeedsMending) { IsFirst = true };

        Assert.True(New().OnFailure(forbidden, 0.5).GivesUp);
        Assert.Equal((ModemFailureNature.DeviceAway, false), Verdict(New().OnFailure(forbidden with { HadDevice = true }, 0.5)));
    }

    [Theory]
    [InlineData(1.01, false)]
    [InlineData(1, true)]
    [InlineData(-5, true)]
    public void The_first_connection_is_not_waited_for_beyond_its_time(double secondsLeft, bool givesUp) =>
        Assert.Equal(givesUp, New().OnFailure(Refused with { IsFirst = true, TimeLeft = TimeSpan.FromSeconds(secondsLeft) }, 0.5).GivesUp);

    /// <summary>Every history of seven failures out of these kinds: the bounds of docs/reliability.md.</summary>
    [Fact]
    public void No_history_pauses_longer_than_its_bound_or_not_at_all()
    {
        ModemRecoveryFailure[] kinds =
        [
            Refused, BareError, WrongPassword, new(Sim800Stage.Line, ModemFailureNature.DeviceAway), new(Sim800Stage.Mqtt, ModemFailureNature.Doubtful),
            Refused with { Lasted = TimeSpan.FromMinutes(1), HasReceived = true },
        ];
        var longest = new Dictionary<ModemFailureNature, TimeSpan>();
        for (var history = 0; history < Math.Pow(kinds.Length, 7); history++)
        {
            var policy = new ModemRecoveryPolicy(new ModemRecoveryOptions { AttemptsPerRung = 1, Highest = ModemRecoveryRung.RebuildContext }, hasPower: false);
            for (int step = 0, rest = history; step < 7; step++, rest /= kinds.Length)
            {
                var decision = policy.OnFailure(kinds[rest % kinds.Length], (step + 1) % 2);
                Assert.True(decision.Pause >= TimeSpan.FromSeconds(0.66), $"{history}: {decision}");
                longest[decision.Nature] = decision.Pause > longest.GetValueOrDefault(decision.Nature) ? decision.Pause : longest[decision.Nature];
            }
        }

        Assert.InRange(longest[ModemFailureNature.Passing], TimeSpan.FromSeconds(40), TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromSeconds(1), longest[ModemFailureNature.DeviceAway]);
        Assert.InRange(longest[ModemFailureNature.NeedsMending], TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_thousand_failures_overflow_nothing()
    {
        var policy = new ModemRecoveryPolicy(new ModemRecoveryOptions { LongestDelay = TimeSpan.FromDays(1) }, hasPower: true);
        for (var failure = 0; failure < 1000; failure++)
        {
            Assert.InRange(policy.OnFailure(Refused, failure % 2).Pause, TimeSpan.FromSeconds(0.8), TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public void A_policy_that_would_loop_without_a_pause_cannot_be_configured()
    {
        IsRefused(Options with { FirstDelay = TimeSpan.Zero });
        IsRefused(Options with { FirstDelay = TimeSpan.FromTicks(1) });
        IsRefused(Options with { LongestDelay = TimeSpan.FromMilliseconds(999) });
        IsRefused(Options with { LongestDelay = TimeSpan.MaxValue });
        IsRefused(Options with { LongestPersistentDelay = TimeSpan.Zero });
        IsRefused(Options with { DeviceDelay = TimeSpan.Zero });
        IsRefused(Options with { DeviceDelay = TimeSpan.FromMinutes(2) });
        IsRefused(Options with { StableAfter = TimeSpan.FromTicks(-1) });
        IsRefused(Options with { PersistentFailures = 0 });
        IsRefused(Options with { Repetitions = 0 });
        IsRefused(Options with { AttemptsPerRung = 0 });
        IsRefused(Options with { Jitter = -0.1 });
        IsRefused(Options with { Jitter = 0.6 });
        IsRefused(Options with { Jitter = double.NaN });
        Assert.NotNull(New());
    }

    [Fact]
    public void What_may_be_a_wrong_address_is_told_after_three_attempts_to_those_alone_who_wait_for_the_first_connection()
    {
        var hungUp = new ModemRecoveryFailure(Sim800Stage.Mqtt, ModemFailureNature.Passing) { Command = "ClosedWithoutAnswer", MayBeAddress = true };
        Assert.Equal([false, false, true], Ends(hungUp with { IsFirst = true, TimeLeft = TimeSpan.FromMinutes(3) }));
        Assert.Equal([false, false, false], Ends(hungUp with { IsFirst = true }));
        Assert.Equal([false, false, false], Ends(hungUp));

        static bool[] Ends(ModemRecoveryFailure failure)
        {
            var policy = New();
            return [.. Enumerable.Range(0, 3).Select(_ => policy.OnFailure(failure, 0.5).GivesUp)];
        }
    }

    [Fact]
    public void A_user_is_told_until_when()
    {
        var policy = New();
        var now = new DateTimeOffset(2026, 3, 1, 12, 59, 59, TimeSpan.Zero);
        Assert.Equal("The next attempt is at 13:00:00Z, in 1 s.", policy.OnFailure(Refused, 0.5).Describe(now));
        policy.OnFailure(Refused, 0.5);
        Assert.Equal("The next attempt is at 13:00:03Z, in 4 s, and sets the data connection up anew.", policy.OnFailure(Refused, 0.5).Describe(now));
        Assert.Equal("It is not tried again.", policy.OnFailure(WrongPassword with { IsFirst = true }, 0.5).Describe(now));
        Assert.Equal(
            "The device is looked for every 1 s until it can be opened.",
            policy.OnFailure(new ModemRecoveryFailure(Sim800Stage.Line, ModemFailureNature.DeviceAway), 0.5).Describe(now));
    }

    [Theory]
    [InlineData(60, 300, 300)]
    [InlineData(600, 300, 600)]
    public void The_longest_pause_is_that_of_either_kind(int passing, int persistent, int longest)
    {
        var options = Options with { LongestDelay = TimeSpan.FromSeconds(passing), LongestPersistentDelay = TimeSpan.FromSeconds(persistent) };
        Assert.Equal(TimeSpan.FromSeconds(longest), new ModemRecoveryPolicy(options, hasPower: false).LongestPause);
    }

    [Fact]
    public void A_success_forgets_what_was_counted()
    {
        var policy = New();
        policy.OnFailure(WrongPassword, 0.5);
        policy.OnFailure(WrongPassword, 0.5);
        Assert.Equal((2, 2, 2), (policy.Failures, policy.Repetitions, policy.Unmended));
        policy.OnSuccess();
        Assert.Equal((0, 0, 0), (policy.Failures, policy.Repetitions, policy.Unmended));
        policy.OnFailure(WrongPassword, 0.5);
        Assert.Equal((1, 1, 1), (policy.Failures, policy.Repetitions, policy.Unmended));
    }

    [Fact]
    public void What_may_be_somebodys_to_mend_counts_while_it_comes_at_one_place()
    {
        var policy = New();
        policy.OnFailure(BareError, 0.5);
        policy.OnFailure(BareError, 0.5);
        Assert.Equal((2, 2), (policy.Repetitions, policy.Unmended));
        policy.OnFailure(BareError with { Command = "AT+CGATT" }, 0.5);
        Assert.Equal((1, 1), (policy.Repetitions, policy.Unmended));
        policy.OnFailure(Refused, 0.5);
        Assert.Equal((4, 1, 0), (policy.Failures, policy.Repetitions, policy.Unmended));
    }

    [Theory]
    [InlineData(-1, 0.8)]
    [InlineData(2, 1.2)]
    public void A_chance_beyond_its_range_moves_the_pause_no_further(double chance, double seconds) =>
        Assert.Equal(seconds, new ModemRecoveryPolicy(new ModemRecoveryOptions(), hasPower: false).OnFailure(Refused, chance).Pause.TotalSeconds, 6);

    [Fact]
    public void What_is_not_the_modems_to_mend_climbs_no_ladder()
    {
        var policy = New();
        for (var failure = 0; failure < 5; failure++)
        {
            policy.OnFailure(new ModemRecoveryFailure(Sim800Stage.Line, ModemFailureNature.Passing), 0.5);
            policy.OnFailure(new ModemRecoveryFailure(Sim800Stage.Sim, ModemFailureNature.NeedsMending), 0.5);
        }

        Assert.Equal(ModemRecoveryRung.Reopen, policy.OnFailure(Refused, 0.5).Rung);
    }

    [Fact]
    public void What_is_final_is_final_for_a_device_that_was_open_before_too() => Assert.Equal(
        (ModemFailureNature.Final, true),
        Verdict(New().OnFailure(new ModemRecoveryFailure(Sim800Stage.Line, ModemFailureNature.Final) { HadDevice = true }, 0.5)));

    [Theory]
    [InlineData(3, ", and attaches to GPRS anew.")]
    [InlineData(5, ", and restarts the modem.")]
    [InlineData(7, ", and switches the modem off and on.")]
    public void A_user_is_told_what_comes_with_the_next_attempt(int failuresBeforeIts, string measure)
    {
        var policy = New();
        for (var failure = 0; failure <= failuresBeforeIts; failure++)
        {
            policy.OnFailure(Refused, 0.5);
        }

        Assert.EndsWith(measure, policy.OnFailure(Refused, 0.5).Describe(DateTimeOffset.UnixEpoch), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_needed() => Assert.Throws<ArgumentNullException>("options", () => new ModemRecoveryPolicy(null!, hasPower: true));

    [Fact]
    public void The_page_has_the_pauses_of_the_code()
    {
        var page = File.ReadAllText(Checkout.PathOf("docs", "reliability.md"));

        foreach (var nature in Enum.GetValues<ModemFailureNature>().Where(nature => nature != ModemFailureNature.Final))
        {
            Assert.Contains(RowOf(nature, Sim800Stage.Tcp), page, StringComparison.Ordinal);
            if (nature != ModemFailureNature.DeviceAway)
            {
                Assert.Contains(RowOf(nature, Sim800Stage.Mqtt), page, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>The row of docs/reliability.md: the pauses until they no longer grow.</summary>
    private static string RowOf(ModemFailureNature nature, Sim800Stage layer)
    {
        var policy = new ModemRecoveryPolicy(new ModemRecoveryOptions(), hasPower: true);
        var decisions = Enumerable.Range(0, 20).Select(_ => policy.OnFailure(new ModemRecoveryFailure(layer, nature), 1)).ToList();
        var last = decisions.FindIndex(decision => decision.Pause == decisions[^1].Pause);
        var pauses = string.Join(", ", decisions[..(last + 1)].Select(decision => Math.Round(decision.Pause.TotalSeconds, 3).ToString(CultureInfo.InvariantCulture)));
        var patience = decisions.FindIndex(decision => decision.Nature == ModemFailureNature.NeedsMending) switch
        {
            -1 => "never",
            0 => "at once",
            var before => string.Create(CultureInfo.InvariantCulture, $"{before + 1} in a row"),
        };
        return $"| {nature} | {(layer > Sim800Stage.Tcp ? "above TCP" : "up to TCP")} | {pauses} | {patience} |";
    }

    private static ModemRecoveryPolicy New() => new(Options, hasPower: true);

    private static (ModemRecoveryRung Rung, TimeSpan Pause) Brief(ModemRecoveryDecision decision) => (decision.Rung, decision.Pause);

    private static (ModemFailureNature Nature, bool GivesUp) Verdict(ModemRecoveryDecision decision) => (decision.Nature, decision.GivesUp);

    private static void IsRefused(ModemRecoveryOptions options) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModemRecoveryPolicy(options, hasPower: false));
}
