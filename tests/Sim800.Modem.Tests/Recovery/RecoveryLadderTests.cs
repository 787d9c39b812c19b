using Sim800.Modem.Recovery;

namespace Sim800.Modem.Tests.Recovery;

public sealed class RecoveryLadderTests
{
    [Theory]
    [InlineData(true, ModemRecoveryRung.PowerCycle, "0 0 1 1 2 2 3 3 4 4 1 1 2 2 3 3 4")]
    [InlineData(false, ModemRecoveryRung.PowerCycle, "0 0 1 1 2 2 3 3 1 1 2 2 3 3 1 1 2")]
    [InlineData(true, ModemRecoveryRung.RebuildContext, "0 0 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")]
    [InlineData(true, ModemRecoveryRung.Reopen, "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0")]
    public void Every_rung_gets_two_attempts_and_above_the_last_it_begins_anew(bool hasPower, ModemRecoveryRung highest, string rungs)
    {
        var ladder = new RecoveryLadder(new ModemRecoveryOptions { Highest = highest }, hasPower, new Random(1));
        var climbed = new List<int>();
        for (var i = 0; i < 17; i++)
        {
            ladder.OnFailure();
            climbed.Add((int)ladder.Next(isShared: false).Rung);
        }

        Assert.Equal(rungs, string.Join(' ', climbed));
    }

    [Fact]
    public void Without_a_failure_nothing_is_waited_for() =>
        Assert.Equal(new RecoveryStep(ModemRecoveryRung.Reopen, TimeSpan.Zero), New().Next(isShared: false));

    [Fact]
    public void Pauses_double_up_to_the_longest_give_or_take_a_fifth()
    {
        var ladder = New();
        foreach (var seconds in new double[] { 1, 2, 4, 8, 16, 32, 64, 120, 120, 120 })
        {
            ladder.OnFailure();
            Assert.InRange(ladder.Next(isShared: false).Delay.TotalSeconds, seconds * 0.8, seconds * 1.2);
        }
    }

    [Fact]
    public void Other_connections_are_not_broken()
    {
        var ladder = New();
        for (var i = 0; i < 10; i++)
        {
            ladder.OnFailure();
        }

        Assert.Equal(ModemRecoveryRung.Reopen, ladder.Next(isShared: true).Rung);
    }

    [Fact]
    public void A_success_leads_back_to_the_ground()
    {
        var ladder = New();
        ladder.OnFailure();
        ladder.OnFailure();
        ladder.OnFailure();
        ladder.OnSuccess();
        Assert.Equal(TimeSpan.Zero, ladder.Next(isShared: false).Delay);
    }

    private static RecoveryLadder New() => new(new ModemRecoveryOptions(), hasPower: true, new Random(1));
}
