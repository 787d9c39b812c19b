using System.Globalization;
using Sim800.Modem.Time;

namespace Sim800.Modem.Tests.Time;

public sealed class ClockTextTests
{
    [Theory]
    [InlineData("+CCLK: \"20/12/09,15:57:04+12\"", "2020-12-09T15:57:04+03:00")]
    [InlineData("+CCLK:\"26/11/22,09:03:45+00\"", "2026-11-22T09:03:45Z")]
    [InlineData("+CCLK: \"26/11/22,09:03:45-22\"", "2026-11-22T09:03:45-05:30")]
    [InlineData("+CCLK: \"26/11/22,09:03:45+56\"", "2026-11-22T09:03:45+14:00")]
    [InlineData("+CCLK: \"26/11/22,09:03:45\"", "2026-11-22T09:03:45Z")]
    public void The_clock_is_local_time_with_its_zone_in_quarters_of_an_hour(string line, string expected)
    {
        Assert.True(ClockText.TryRead(line, out var time));
        var wanted = DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture);
        Assert.Equal((wanted, wanted.Offset), (time!.Value, time.Value.Offset));
    }

    [Theory]
    [InlineData("+CCLK: \"04/01/01,00:00:40+12\"")]
    [InlineData("+CCLK: \"80/01/06,00:00:40+00\"")]
    [InlineData("+CCLK: \"70/01/01,00:00:40+00\"")]
    [InlineData("+CCLK: \"00/01/01,00:00:40+00\"")]
    public void A_clock_that_was_never_set_is_not_taken_for_a_time(string line)
    {
        Assert.True(ClockText.TryRead(line, out var time));
        Assert.Null(time);
    }

    [Theory]
    [InlineData("+CCLK:")]
    [InlineData("+CCLK: \"\"")]
    [InlineData("+CCLK: \"26/13/22,09:03:45+00\"")]
    [InlineData("+CCLK: \"26/02/29,09:03:45+00\"")]
    [InlineData("+CCLK: \"26/11/22,24:03:45+00\"")]
    [InlineData("+CCLK: \"26/11/22,09:03:45+57\"")]
    [InlineData("+CCLK: \"26/11/22,09:03:45+x\"")]
    [InlineData("+CCLK: \"26/11/22 09:03:45+00\"")]
    [InlineData("+CCLK: \"2?/11/22,09:03:45+00\"")]
    public void Garbled_times_are_refused(string line) => Assert.False(ClockText.TryRead(line, out _));
}
