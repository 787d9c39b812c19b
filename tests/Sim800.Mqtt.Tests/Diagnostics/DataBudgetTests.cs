using Sim800.Mqtt.Composition;

namespace Sim800.Mqtt.Tests.Diagnostics;

public sealed class DataBudgetTests
{
    private static readonly DateTimeOffset Evening = new(2026, 3, 1, 23, 59, 50, TimeSpan.Zero);
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_day_of_UTC_begins_at_nothing()
    {
        var day = new DailyTraffic();
        Assert.Equal(700, day.Observe(Evening, 700));
        Assert.Equal(0, day.Observe(Midnight, 700));
        Assert.Equal(50, day.Observe(Midnight.AddHours(23), 750));
    }

    [Fact]
    public void Midnight_is_that_of_UTC_wherever_the_clock_is()
    {
        var day = new DailyTraffic();
        Assert.Equal(10, day.Observe(new DateTimeOffset(2026, 3, 1, 23, 0, 0, TimeSpan.FromHours(-5)), 10)); // 04:00 UTC on the second
        Assert.Equal(20, day.Observe(Midnight.AddHours(5), 20));
    }

    [Fact]
    public void What_came_between_two_looks_belongs_to_the_later_day()
    {
        var day = new DailyTraffic();
        day.Observe(Evening, 700);
        Assert.Equal(300, day.Observe(Midnight.AddDays(3), 1000));
    }

    [Fact]
    public void A_clock_that_is_set_back_begins_no_day_anew()
    {
        var day = new DailyTraffic();
        day.Observe(Midnight.AddHours(1), 500);
        Assert.Equal(600, day.Observe(Evening, 600));
        Assert.Equal(650, day.Observe(Midnight.AddHours(2), 650));
    }

    [Theory]
    [InlineData(Sim800DataBudgetPolicy.Warn, false, false)]
    [InlineData(Sim800DataBudgetPolicy.HoldAtMostOnce, true, false)]
    [InlineData(Sim800DataBudgetPolicy.Stop, false, true)]
    public void A_budget_is_spent_with_its_last_byte_and_whole_again_at_midnight(Sim800DataBudgetPolicy policy, bool holds, bool stops)
    {
        var budget = new DataBudget(new Sim800DataBudget { BytesPerDay = 1000, Policy = policy });
        Assert.Equal(new DataBudgetVerdict(false, false, false, false, Midnight), budget.Judge(Evening, 999));
        Assert.Equal(new DataBudgetVerdict(true, true, holds, stops, Midnight), budget.Judge(Evening, 1000));
        Assert.Equal(new DataBudgetVerdict(true, false, holds, stops, Midnight), budget.Judge(Evening, 5000));
        Assert.Equal(new DataBudgetVerdict(false, false, false, false, Midnight.AddDays(1)), budget.Judge(Midnight, 0));
        Assert.True(budget.Judge(Midnight.AddHours(1), 1001).IsNews);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_budget_of_nothing_is_refused(long bytes) => Assert.Throws<ArgumentException>(
        () => new Sim800MqttClientOptions { Host = "h", DataBudget = new Sim800DataBudget { BytesPerDay = bytes } }.Validate());
}
