using System.Buffers;
using System.Text;
using Sim800.Modem.At;
using TestKit;

namespace Sim800.Modem.Tests.At;

public sealed class EchoWatchTests
{
    [Theory]
    [InlineData("AT\r", "AT", true)]
    [InlineData("AT\rAT\rAT\r", "AT", true)]
    [InlineData("\u001B\rAT\r", "AT", true)]
    [InlineData("AT\r\r\nOK\r\n", "AT", false)]
    [InlineData("ATA", "AT", false)]
    [InlineData("ATAX", "AT", false)]
    [InlineData("XTAT", "AT", false)]
    [InlineData("", "AT", false)]
    [InlineData("AA", "A", false)]
    public void A_line_that_comes_back_and_nothing_else_is_an_echo_of_the_wire(string heard, string line, bool isEcho)
    {
        var bytes = Encoding.Latin1.GetBytes(heard);
        foreach (var pieces in Splits.Of(bytes.Length))
        {
            var watch = new EchoWatch();
            watch.Begin();
            watch.Add(Splits.Segments(bytes, pieces));
            Assert.Equal(isEcho, watch.Matches(line));
        }
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void More_than_any_line_is_none(int length, bool isEcho)
    {
        var line = new string('A', length);
        var watch = new EchoWatch();
        watch.Add(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(line)));
        Assert.Equal(isEcho, watch.Matches(line));
        watch.Add(new ReadOnlySequence<byte>("x"u8.ToArray()));
        Assert.False(watch.Matches(line));
    }

    [Fact]
    public void A_new_command_begins_anew()
    {
        var watch = new EchoWatch();
        watch.Add(new ReadOnlySequence<byte>(new byte[100]));
        watch.Begin();
        watch.Add(new ReadOnlySequence<byte>("AT"u8.ToArray()));
        Assert.True(watch.Matches("AT"));
    }
}
