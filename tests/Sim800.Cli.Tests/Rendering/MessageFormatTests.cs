using System.Text;
using Sim800.Cli.Rendering;

namespace Sim800.Cli.Tests.Rendering;

public sealed class MessageFormatTests
{
    private static readonly ReceivedMessage Message = new(
        "a/b", "hé"u8.ToArray(), 1, true, new DateTimeOffset(2026, 1, 2, 3, 4, 5, 67, TimeSpan.FromHours(1)));

    [Theory]
    [InlineData("%p", "hé")]
    [InlineData("%t %p\\n", "a/b hé\n")]
    [InlineData("%x|%X|%l", "68c3a9|68C3A9|3")]
    [InlineData("%q%r", "11")]
    [InlineData("%I", "2026-01-02T03:04:05+01:00")]
    [InlineData("%U", "1767319445.067")]
    [InlineData("100%% \\t\\\\ \\q é𝄞", "100% \t\\ \\q é𝄞")]
    [InlineData(
        "%j",
        """{"tst":"2026-01-02T03:04:05.067000+01:00","topic":"a/b","qos":1,"retain":1,"payloadlen":3,"payload":"hé"}""")]
    public void A_format_is_filled_in(string format, string expected)
    {
        using var output = new MemoryStream();
        MessageFormat.Parse(format).Write(output, Message);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void A_payload_that_is_not_text_comes_out_as_it_is()
    {
        using var output = new MemoryStream();
        MessageFormat.Parse("%p").Write(output, Message with { Payload = new byte[] { 0xFF, 0, 0x80 } });
        Assert.Equal([0xFF, 0, 0x80], output.ToArray());
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%z")]
    [InlineData("a%p%")]
    public void An_unknown_conversion_is_refused(string format) =>
        Assert.Throws<UsageException>(() => MessageFormat.Parse(format));
}
