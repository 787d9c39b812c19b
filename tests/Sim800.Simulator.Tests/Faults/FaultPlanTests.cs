namespace Sim800.Simulator.Tests.Faults;

public sealed class FaultPlanTests
{
    [Fact]
    public void Every_kind_has_one_row_with_a_name_an_effect_and_a_report()
    {
        Assert.Equal(Enum.GetValues<FaultKind>().Order(), FaultCatalogue.All.Select(row => row.Kind).Order());
        Assert.All(FaultCatalogue.All, row =>
        {
            Assert.Same(row, FaultCatalogue.Find(row.Name.ToUpperInvariant()));
            Assert.Matches("^[a-z]+(-[a-z]+)*$", row.Name);
            Assert.NotEmpty(row.Effect);
            Assert.NotEmpty(row.FieldReport);
            Assert.Equal(row.Kind, Fault.Parse(row.Name).Kind);
        });
    }

    [Fact]
    public void An_argument_and_a_time_may_follow_the_name()
    {
        var plan = FaultPlan.Parse("send-fail=3@90s", "pdp-deact=1h", "byte-loss=0.01@250ms", "reboot@2m");
        Assert.Equal([FaultKind.SendFail, FaultKind.PdpDeact, FaultKind.ByteLoss, FaultKind.Reboot], plan.Faults.Select(fault => fault.Kind));
        Assert.Equal((3, TimeSpan.FromSeconds(90)), (plan.Faults[0].Count, plan.Faults[0].At));
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.Zero), (plan.Faults[1].Duration, plan.Faults[1].At));
        Assert.Equal((0.01, TimeSpan.FromMilliseconds(250)), (plan.Faults[2].Probability, plan.Faults[2].At));
        Assert.Equal(TimeSpan.FromMinutes(2), plan.Faults[3].At);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-fault")]
    [InlineData("reboot=5")]
    [InlineData("send-fail=0")]
    [InlineData("send-fail=-1")]
    [InlineData("send-fail=many")]
    [InlineData("send-fail=")]
    [InlineData("pdp-deact=soon")]
    [InlineData("byte-loss=1.5")]
    [InlineData("byte-loss=NaN")]
    [InlineData("reboot@")]
    [InlineData("reboot@later")]
    [InlineData("reboot@99999999999s")]
    public void What_is_no_fault_is_refused(string text) => Assert.Throws<FormatException>(() => FaultPlan.Parse(text));

    [Fact]
    public void A_script_has_a_fault_a_line_and_names_the_line_that_is_wrong()
    {
        var plan = FaultPlan.ParseScript("# the bad day\n\n10s send-fail=2\r\n  1m   reboot  \n");
        Assert.Equal([(FaultKind.SendFail, 10.0), (FaultKind.Reboot, 60.0)], plan.Faults.Select(fault => (fault.Kind, fault.At.TotalSeconds)));
        var e = Assert.Throws<FormatException>(() => FaultPlan.ParseScript("10s reboot\nreboot\n"));
        Assert.StartsWith("Line 2 of the script", e.Message, StringComparison.Ordinal);
        Assert.Equal(3, plan.And(FaultPlan.Parse("no-sim")).Faults.Count);
    }
}
