using System.CommandLine;
using System.Text;
using Sim800.Cli.Rendering;
using Sim800.Cli.Verbs;

namespace Sim800.Cli.Tests.Verbs;

public sealed class SubOptionsTests
{
    [Theory]
    [InlineData("-t a", "x\n")]
    [InlineData("-t a -v", "a x\n")]
    [InlineData("-t a -N", "x")]
    [InlineData("-t a -F %l:%p", "1:x\n")]
    public void The_format_is_as_in_mosquitto_sub(string line, string expected)
    {
        using var output = new MemoryStream();
        Read(line).Format.Write(output, new ReceivedMessage("a", "x"u8.ToArray(), 0, false, default));
        Assert.Equal(expected, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Several_filters_are_kept_in_order() => Assert.Equal(["url", "a", "b/#"], Read("-t a -t b/#", "url").Filters);

    [Fact]
    public void Everything_is_read()
    {
        var request = Read("-t a -q 1 -C 3 -W 2.5 -R");
        Assert.Equal((1, 3, TimeSpan.FromSeconds(2.5), true), (request.QoS, request.Count, request.Wait, request.SkipsRetained));
    }

    [Fact]
    public void Everything_beside_the_topics_is_read()
    {
        var request = Read("-t a -T a/# -T b -U c -U d/# --retained-only --remove-retained -E --random-filter 12.5 --catch-all --stands-for x/#");
        Assert.Equal(["a/#", "b"], request.Unwanted.Select(filter => filter.Filter));
        Assert.Equal(["c", "d/#"], request.Forgotten);
        Assert.Equal(["x/#"], request.StandsFor);
        Assert.True(request is { IsRetainedOnly: true, ClearsRetained: true, EndsWithGrant: true, PrintedPerMille: 125, TakesUnmatched: true });
    }

    [Theory]
    [InlineData("-t a/#/x", "-t 'a/#/x' is no topic filter")]
    [InlineData("-t a -t b+", "-t 'b+' is no topic filter")]
    [InlineData("-t a -T x#", "-T 'x#' is no topic filter")]
    [InlineData("-t a -U +x", "-U '+x' is no topic filter")]
    [InlineData("-t a\u0001b", "--control-characters")]
    [InlineData("-t a -R --retained-only", "exclude each other")]
    [InlineData("-t a --random-filter 0", "0.1 to 100")]
    [InlineData("-t a --random-filter 101", "0.1 to 100")]
    public void A_filter_that_is_none_is_named_before_a_line_is_opened(string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Read(line)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("-t a -q 3")]
    [InlineData("-t a -C 0")]
    [InlineData("-t a -W 0")]
    [InlineData("-t a -F %k")]
    public void What_cannot_be_meant_is_refused(string line) => Assert.Throws<UsageException>(() => Read(line));

    private static SubRequest Read(string line, string? topicOfUrl = null)
    {
        var options = new SubOptions();
        var command = new Command("sub");
        options.AddTo(command);
        return options.Read(command.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), topicOfUrl);
    }
}
