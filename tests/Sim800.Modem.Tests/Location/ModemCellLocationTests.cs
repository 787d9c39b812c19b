namespace Sim800.Modem.Tests.Location;

public sealed class ModemCellLocationTests
{
    [Theory]
    [InlineData("+CIPGSMLOC: 0,24.672608,59.395128,2017/03/20,19:24:13", 59.395128, 24.672608)]
    [InlineData("+CIPGSMLOC:0, -70.5,-33,2017/03/20,19:24:13", -33, -70.5)]
    public void The_longitude_comes_first(string line, double latitude, double longitude)
    {
        Assert.True(ModemCellLocation.TryRead(line, out var code, out var location));

        Assert.Equal(ModemCellLocation.Found, code);
        Assert.Equal(new ModemCellLocation(latitude, longitude, new DateTimeOffset(2017, 3, 20, 19, 24, 13, TimeSpan.Zero)), location);
    }

    [Fact]
    public void A_time_that_is_none_does_not_cost_the_location()
    {
        Assert.True(ModemCellLocation.TryRead("+CIPGSMLOC: 0,24.6,59.3", out _, out var location));
        Assert.Equal(new ModemCellLocation(59.3, 24.6, null), location);
    }

    [Theory]
    [InlineData("+CIPGSMLOC: 404", 404)]
    [InlineData("+CIPGSMLOC: 601,x", 601)]
    public void Any_other_code_is_a_reason(string line, int expected)
    {
        Assert.True(ModemCellLocation.TryRead(line, out var code, out _));
        Assert.Equal(expected, code);
        Assert.Equal(expected, new ModemLocationException(code).Code);
    }

    [Theory]
    [InlineData("+CIPGSMLOC:")]
    [InlineData("+CIPGSMLOC: -1")]
    [InlineData("+CIPGSMLOC: 0")]
    [InlineData("+CIPGSMLOC: 0,181,0")]
    [InlineData("+CIPGSMLOC: 0,0,91")]
    [InlineData("+CIPGSMLOC: 0,NaN,0")]
    [InlineData("+CIPGSMLOC: 0,1e2,0")]
    [InlineData("+CIPGSMLOC: 0,24.6")]
    public void Places_that_are_not_on_earth_are_refused(string line) => Assert.False(ModemCellLocation.TryRead(line, out _, out _));
}
