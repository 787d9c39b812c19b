using System.Text;
using Sim800.Cli.Rendering;

namespace Sim800.Cli.Tests.Rendering;

public sealed class MessageFormatTests
{
    private static readonly ReceivedMessage Message = new(
        "a/b", "hé"u8.ToArray(), 1, true, new DateTimeOffset(2026, 1, 2, 3, 4, 5, 67, TimeSpan.FromHours(1)))
    {
        PacketId = 7,
        Zone = "CET",
    };

    [Theory]
    [InlineData("%p", "hé")]
    [InlineData("%t %p\\n", "a/b hé\n")]
    [InlineData("%x|%X|%l", "68c3a9|68C3A9|3")]
    [InlineData("%q%r %m", "11 7")]
    [InlineData("%I", "2026-01-02T03:04:05+0100")]
    [InlineData("%U", "1767319445.067000000")]
    [InlineData("@H:@M:@S.@N @Z", "03:04:05.067000000 CET")]
    [InlineData("100%% @@ \\t\\\\ é𝄞", "100% @ \t\\ é𝄞")]
    [InlineData("\\0\\a\\e\\r\\v", "\0\a\e\r\v")]
    [InlineData("", "")]
    [InlineData("%8t|%-8t|%.2t|%-4.1t|%08t", "     a/b|a/b     |a/|a   |     a/b")]
    [InlineData("%4l|%-4l|%04l|%-04l|%00004l", "   3|3   |0003|3   |0003")]
    [InlineData("%5p|%-5p|%05p|%1p|%-p", "  hé|hé  |00hé|h|hé   ")]
    [InlineData("%6x|%-6x|%06X|%1x|%-x", "    68|68    |000068| |68c3a9   ")]
    [InlineData("%A%C%D%E%F%P%R%S|%3A|%03A|%03C", "|   |000|   ")]
    [InlineData("%25I|%.4I", " 2026-01-02T03:04:05+0100|2026")]
    [InlineData("%5q|%-r|%5%", "1|1|%")]
    [InlineData(
        "%j",
        """{"tst":"2026-01-02T03:04:05.067000+0100","topic":"a/b","qos":1,"retain":1,"payloadlen":3,"mid":7,"payload":"hé"}""")]
    public void A_format_is_filled_in(string format, string expected) => Assert.Equal(expected, Written(format, Message));

    [Theory]
    [InlineData("", "null")]
    [InlineData("\"\\/\b\f\n\r\t\u0001\u007f", "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f\"")]
    [InlineData("a\0b", "\"a\"")]
    public void A_payload_becomes_a_text_of_JSON(string payload, string expected) => Assert.EndsWith(
        $"\"payload\":{expected}}}", Written("%j", Message with { Payload = Encoding.UTF8.GetBytes(payload) }), StringComparison.Ordinal);

    [Theory]
    [InlineData("{ \"a\" : 27.0 , \"b\":[1, {},[] ,1e30,0.1,-0, 3000000000,1.5e-7] }", """{"a":27,"b":[1,{},[],1e+30,0.1,-0,3000000000,1.5e-07]}""")]
    [InlineData("\"\\u00e9/\\n\"", "\"é/\\n\"")]
    [InlineData("true", "true")]
    [InlineData("{\"a\":1,\"a\":null}", """{"a":1,"a":null}""")]
    [InlineData(
        "[0.30000000000000004,1e400,-1e-310,0.1234567890123456789,100000000000000000000]",
        "[0.3,null,-9.99999999999997e-311,0.12345678901234568,1e+20]")]
    [InlineData("123456789012345678901234567890", "1.2345678901234568e+29")]
    [InlineData("", "null")]
    public void A_payload_of_JSON_is_a_value_of_its_own(string payload, string expected) => Assert.EndsWith(
        $"\"payload\":{expected}}}", Written("%J", Message with { Payload = Encoding.UTF8.GetBytes(payload) }), StringComparison.Ordinal);

    [Theory]
    [InlineData("x")]
    [InlineData("{}x")]
    [InlineData("{\"a\":}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("1\0")]
    public void A_payload_that_is_no_JSON_is_complained_of_and_the_rest_printed(string payload)
    {
        using var output = new MemoryStream();
        var complaint = MessageFormat.Parse("<%J>").Write(output, Message with { Payload = Encoding.UTF8.GetBytes(payload) });
        Assert.Equal("<>\n", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Contains("The payload on a/b is not valid JSON", complaint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(2_000_000, false)] // beyond the stack of any thread
    public void JSON_that_is_nested_too_deeply_is_complained_of(int depth, bool isShown)
    {
        using var output = new MemoryStream();
        var payload = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.Equal(isShown, MessageFormat.Parse("%J").Write(output, Message with { Payload = payload }) is null);
    }

    [Fact]
    public void Pretty_JSON_has_tabs_and_lines()
    {
        using var output = new MemoryStream();
        MessageFormat.Parse("%J", isPretty: true, endsLine: false).Write(output, Message with { Payload = """{"b":[1,{},[]],"c":{"d":"x"}}"""u8.ToArray() });
        Assert.EndsWith(
            "\t\"mid\":\t7,\n\t\"payload\":\t{\n\t\t\"b\":\t[1, {\n\t\t\t}, []],\n\t\t\"c\":\t{\n\t\t\t\"d\":\t\"x\"\n\t\t}\n\t}\n}",
            Encoding.UTF8.GetString(output.ToArray()),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true, "hé", "hé\n")]
    [InlineData(false, true, "", "")]
    [InlineData(true, true, "hé", "a/b hé\n")]
    [InlineData(true, true, "", "a/b (null)\n")]
    [InlineData(true, false, "hé", "a/b hé")]
    [InlineData(true, false, "", "")]
    public void Without_a_format_there_is_the_payload(bool isVerbose, bool endsLine, string payload, string expected)
    {
        using var output = new MemoryStream();
        MessageFormat.Plain(isVerbose, endsLine).Write(output, Message with { Payload = Encoding.UTF8.GetBytes(payload) });
        Assert.Equal(expected, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void A_payload_that_is_not_text_comes_out_as_it_is()
    {
        using var output = new MemoryStream();
        MessageFormat.Parse("%p", endsLine: false).Write(output, Message with { Payload = new byte[] { 0xFF, 0, 0x80 } });
        Assert.Equal([0xFF, 0, 0x80], output.ToArray());
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%z")]
    [InlineData("a%p%")]
    [InlineData("%-")]
    [InlineData("%5")]
    [InlineData("%5.")]
    [InlineData("%0-5t")]
    [InlineData("%--5t")]
    [InlineData("%99999t")]
    [InlineData("@")]
    [InlineData("\\")]
    [InlineData("\\q")]
    public void An_unknown_conversion_is_refused(string format) =>
        Assert.Throws<UsageException>(() => MessageFormat.Parse(format));

    private static string Written(string format, ReceivedMessage message)
    {
        using var output = new MemoryStream();
        Assert.Null(MessageFormat.Parse(format, endsLine: false).Write(output, message));
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
