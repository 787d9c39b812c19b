using Sim800.Cli.Rendering;

namespace Sim800.Cli.Tests.Rendering;

public sealed class StrfTimeTests
{
    /// <summary>What <c>TZ=Europe/Berlin mosquitto_sub</c> printed for each letter.</summary>
    [Theory]
    [InlineData("abcdehjklm", "Sun|Nov|Sun Nov 29 17:34:15 2026|29|29|Nov|333|17| 5|11")]
    [InlineData("grsuwxyz", "26|05:34:15 PM|1795970055|7|0|11/29/26|26|+0100")]
    [InlineData("ABCDFGHI", "Sunday|November|20|11/29/26|2026-11-29|2026|17|05")]
    [InlineData("MNPRSTUVWXYZ", "34|253513400|pm|17:34|15|17:34:15|48|48|47|17:34:15|2026|CET")]
    [InlineData("pnt%", "PM|\n|\t|%")]
    [InlineData("fiqvEJKLOQ+0-._!é", "%f|%i|%q|%v|%E|%J|%K|%L|%O|%Q|%+|%0|%-|%.|%_|%!|%é")]
    public void A_letter_stands_for_what_it_does_in_the_C_library(string letters, string expected)
    {
        var time = new DateTimeOffset(2026, 11, 29, 17, 34, 15, TimeSpan.FromHours(1)).AddTicks(2535134);
        Assert.Equal(expected, string.Join('|', letters.Select(letter => StrfTime.Convert(letter, time, "CET"))));
    }

    [Theory]
    [InlineData("2027-01-01", "53|2026|26|00|00|5|001")]
    [InlineData("2024-12-30", "01|2025|25|52|53|1|365")]
    [InlineData("2023-01-01", "52|2022|22|01|00|7|001")]
    public void Weeks_at_the_turn_of_the_year_are_told_apart(string date, string expected)
    {
        var time = DateTimeOffset.Parse(date + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, string.Join('|', "VGgUWuj".Select(letter => StrfTime.Convert(letter, time, "UTC"))));
    }

    [Fact]
    public void Midnight_and_noon_are_twelve() => Assert.Equal(
        "12 AM|12 PM",
        string.Join('|', new[] { 0, 12 }.Select(hour => StrfTime.Convert('I', At(hour), "UTC") + " " + StrfTime.Convert('p', At(hour), "UTC"))));

    private static DateTimeOffset At(int hour) => new(2026, 1, 1, hour, 0, 0, TimeSpan.Zero);
}
