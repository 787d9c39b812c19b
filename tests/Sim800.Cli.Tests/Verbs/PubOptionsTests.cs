using System.CommandLine;
using Sim800.Cli.Verbs;

namespace Sim800.Cli.Tests.Verbs;

public sealed class PubOptionsTests
{
    [Fact]
    public void A_message_may_start_with_a_dash()
    {
        var request = Read("-t", "a", "-m", "-5");
        Assert.Equal((PubSource.Message, "-5"), (request.Source, request.Message));
    }

    [Fact]
    public void An_empty_message_is_a_message() => Assert.Equal(string.Empty, Read("-t", "a", "-m", string.Empty).Message);

    [Fact]
    public void The_topic_may_come_with_the_address() => Assert.Equal("from/url", Read("-l").Topic);

    [Fact]
    public void Everything_is_read()
    {
        var request = Read("-t", "a", "-f", "file", "-q", "2", "-r", "--repeat", "3", "--repeat-delay", "0.5");
        Assert.Equal(("a", PubSource.File, "file", 2, true, 3), (request.Topic, request.Source, request.File, request.QoS, request.Retain, request.Repeat));
        Assert.Equal(TimeSpan.FromSeconds(0.5), request.RepeatDelay);
    }

    [Theory]
    [InlineData("-t a")]
    [InlineData("-t a -m x -l")]
    [InlineData("-t a -m x -n")]
    [InlineData("-t a -m x -m y")]
    [InlineData("-t a -f x -f y")]
    [InlineData("-t a\u0007 -m x")]
    [InlineData("-t a -m x -q 3")]
    [InlineData("-t a/# -m x")]
    [InlineData("-t +/a -m x")]
    [InlineData("-t= -m x")]
    [InlineData("-t a -m x --repeat 0")]
    [InlineData("-t a -m x --repeat-delay -1")]
    public void What_cannot_be_meant_is_refused(string line) => Assert.Throws<UsageException>(() => Read(line.Split(' ')));

    private static PubRequest Read(params string[] arguments)
    {
        var options = new PubOptions();
        var command = new Command("pub");
        options.AddTo(command);
        return options.Read(command.Parse(arguments), "from/url");
    }
}
