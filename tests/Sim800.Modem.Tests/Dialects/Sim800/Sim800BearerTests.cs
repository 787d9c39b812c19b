using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.Dialects;

public sealed class Sim800BearerTests
{
    [Theory]
    [InlineData("+SAPBR: 1,1,\"10.1.2.3\"", true)]
    [InlineData("+SAPBR:1,1,10.89.193.1", true)]
    [InlineData("+SAPBR: 1,3,\"0.0.0.0\"", false)]
    [InlineData("+SAPBR: 1,0,\"0.0.0.0\"", false)]
    public void One_is_open(string line, bool open)
    {
        Assert.True(BearerStatus.TryRead(line, out var status));
        Assert.Equal(open, status.IsOpen);
    }

    [Theory]
    [InlineData("+SAPBR: 1,4")]
    [InlineData("+SAPBR: 1")]
    [InlineData("+SAPBR:")]
    public void Garbled_lines_are_refused(string line) => Assert.False(BearerStatus.TryRead(line, out _));
}
