using System.Buffers;
using System.Globalization;
using System.Text;
using Sim800.Modem.At;
using TestKit;

namespace Sim800.Modem.Tests.At;

/// <summary>
/// Bytes in, tokens out, cut anywhere. In a case <c>N</c> and a number announces so many bytes of data, as a line of a modem does; the tokens are
/// lines as they are, <c>&lt;data&gt;</c>, and <c>PROMPT</c>, <c>SLIPPED</c> and <c>OVERLONG</c>.
/// </summary>
public sealed class AtParserTests
{
    [Theory]
    [InlineData("OK\r\n", "OK")]
    [InlineData("\r\n\r\nOK \r\n\n\rRING\r\n", "OK|RING")]
    [InlineData("no end", "")]
    [InlineData("N3\r\nabc\r\nOK\r\n", "N3|<abc>|OK")]
    [InlineData("N3\r\n\r\nx\r\nOK\r\n", "N3|<\r\nx>|OK")]
    [InlineData("N1\r\na\r\n\r\nOK\r\n", "N1|<a>|OK")]
    [InlineData("N1\r\na\r\n\r\n\r\nOK\r\n", "N1|<a>|SLIPPED|OK")] // five line ends are data
    [InlineData("N1\r\na\nOK\r\n", "N1|<a>|SLIPPED|OK")]
    [InlineData("N1\r\nabc\r\nOK\r\n", "N1|<a>|SLIPPED|bc|OK")]
    [InlineData("N1\r\na\r\nN1\r\nb\r\n", "N1|<a>|N1|<b>")]
    [InlineData("N0\r\nOK\r\n", "N0|OK")] // nothing was announced, so nothing can have slipped
    [InlineData("N0\r\n\nOK\r\n", "N0|OK")]
    [InlineData("N0\r\n\r\n\r\nOK\r\n", "N0|OK")]
    [InlineData("N0\r\n\r\n\r\n\r\nOK\r\n", "N0|SLIPPED|OK")]
    public void Lines_and_counted_data_are_told_apart(string input, string tokens) => Assert.All(Splits.Of(input.Length), split => Assert.Equal(tokens, Read(input, split)));

    [Theory]
    [InlineData("\0\0OK\0\r\n\0A\0B\r\n", "OK|AB", "\0\0OK\0|\0A\0B")]
    [InlineData("\0\r\nOK\r\n", "OK", "\0|OK")]
    [InlineData("N2\r\na\0\r\nOK\r\n", "N2|<a\0>|OK", "N2|<a\0>|OK")]
    [InlineData("N1\r\na\r\0\n\0OK\r\n", "N1|<a>|OK", "N1|<a>|\0|\0OK")]
    [InlineData("N1\r\na\0\r\nOK\r\n", "N1|<a>|SLIPPED|OK", "N1|<a>|SLIPPED|\0|OK")]
    public void A_NUL_means_nothing_where_a_family_sends_them(string input, string skipped, string kept)
    {
        foreach (var split in Splits.Of(input.Length))
        {
            Assert.Equal(skipped, Read(input, split, parser => parser.SkipsNul = true));
            Assert.Equal(kept, Read(input, split));
        }
    }

    [Theory]
    [InlineData("> OK\r\n", "PROMPT|OK")]
    [InlineData(">OK\r\n", "PROMPT|OK")]
    [InlineData("\r\n>  OK\r\n", "PROMPT| OK")]
    [InlineData("> \r\n> b\r\n", "PROMPT|> b")] // one command has one prompt
    [InlineData("> OK\r\n a\r\n", "PROMPT|OK| a")]
    [InlineData("a> b\r\n", "a> b")]
    public void A_prompt_is_one_at_the_beginning_of_a_line_that_expects_it(string input, string tokens)
    {
        foreach (var split in Splits.Of(input.Length))
        {
            Assert.Equal(tokens, Read(input, split, parser => parser.PromptExpected = true));
            Assert.DoesNotContain("PROMPT", Read(input, split), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("hello\r\nOK\r\n", "OK")]
    [InlineData("helXX\r\nhello\r\n", "XX|hello")]
    [InlineData("\r\nhello\r\n", "hello")]
    [InlineData("OK\r\nhello\r\n", "OK|hello")]
    public void An_echo_is_skipped_as_long_as_it_is_one(string input, string tokens)
    {
        foreach (var split in Splits.Of(input.Length))
        {
            Assert.Equal(tokens, Read(input, split, parser => parser.SkipEcho(Splits.Segments("hello"u8.ToArray(), 3, 2))));
        }
    }

    [Theory]
    [InlineData(AtParser.MaxLineLength, false)]
    [InlineData(AtParser.MaxLineLength + 1, true)]
    [InlineData(AtParser.MaxLineLength * 3, true)]
    public void A_line_has_a_greatest_length(int length, bool isOverlong)
    {
        var line = new string('x', length);
        foreach (var split in new int[][] { [length + 5], [100, length - 95], [length, 5], [AtParser.MaxLineLength - 1, length - AtParser.MaxLineLength + 6] })
        {
            Assert.Equal((isOverlong ? "OVERLONG" : line) + "|OK", Read(line + "\nOK\r\n", split));
        }
    }

    [Theory]
    [InlineData("+T: 0,\"a\r\nb\"\r\nOK\r\n", "+T: 0,\"a\r\nb\"|OK")]
    [InlineData("+U: 0,\"a\r\nb\"\r\nOK\r\n", "+U: 0,\"a|b\"|OK")] // not a line whose text may go on
    public void A_text_in_quotes_goes_on_over_the_ends_of_its_lines(string input, string tokens) =>
        Assert.All(Splits.Of(input.Length), split => Assert.Equal(tokens, Read(input, split)));

    [Fact]
    public void A_text_whose_end_was_lost_becomes_the_lines_that_it_is()
    {
        var lines = string.Concat(Enumerable.Range(0, 8).Select(number => $"\r\nline {number} {new string('x', 120)}\r\n"));
        var input = $"+T: 0,\"a{lines}{new string('y', 200)}\r\nOK\r\n";
        var tokens = $"+T: 0,\"a|{string.Join('|', Enumerable.Range(0, 8).Select(number => $"line {number} {new string('x', 120)}"))}|{new string('y', 200)}|OK";
        Assert.All(Splits.Of(20), split => Assert.Equal(tokens, Read(input, [.. split, input.Length - 20])));
        Assert.Equal(tokens, Read(input, [.. Enumerable.Repeat(1, input.Length)]));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void A_text_that_would_be_too_long_with_its_first_line_does_not_go_on(int more, bool goesOn)
    {
        var first = "+T: 0,\"";
        first += new string('x', AtParser.MaxTextLength + more - first.Length);
        Assert.Equal(goesOn ? "" : first, Read(first + "\n", [first.Length + 1]));
    }

    [Fact]
    public void A_text_whose_line_is_too_long_is_thrown_away_and_does_not_go_on() =>
        Assert.Equal("OVERLONG|b\"", Read($"+T: 0,\"{new string('x', 3000)}\r\nb\"\r\n", [7, 3000, 6]));

    [Fact]
    public void Something_is_in_its_midst_between_its_first_byte_and_its_last()
    {
        var parser = new AtParser(["+T:*"]);
        Assert.False(parser.IsInMidst);
        foreach (var (piece, isInMidst) in new[] { ("\r\n", false), ("O", true), ("K\r\n", false), ("N3\r\n", true), ("ab", true), ("c", false), ("\r\n", false) })
        {
            Read(parser, piece, [piece.Length]);
            Assert.Equal(isInMidst, parser.IsInMidst);
        }
    }

    [Theory]
    [InlineData("half a line")]
    [InlineData("N9\r\nabc")]
    [InlineData("N1\r\na")]
    [InlineData("+T: 0,\"a\r\nb")]
    [InlineData(">")]
    public void After_a_reset_nothing_of_before_counts(string before)
    {
        var parser = new AtParser(["+T:*"]) { PromptExpected = true };
        parser.SkipEcho(Splits.Segments("zz"u8.ToArray(), 2));
        Read(parser, before, [before.Length]);
        parser.PromptExpected = true;
        parser.Reset();
        Assert.Equal((false, false, 0), (parser.IsInMidst, parser.IsInText, parser.DataLeft));
        Assert.Equal("> OK|RING| a", Read(parser, "> OK\r\nRING\r\n a\r\n", [16]));
        Read(parser, new string('x', 5000), [5000]);
        parser.Reset();
        Assert.Equal("OK", Read(parser, "OK\r\n", [4]));
    }

    private static string Read(string input, int[] split, Action<AtParser>? arrange = null)
    {
        var parser = new AtParser(["+T:*"]);
        arrange?.Invoke(parser);
        return Read(parser, input, split);
    }

    private static string Read(AtParser parser, string input, int[] split)
    {
        var tokens = new List<string>();
        var (data, start) = (new StringBuilder(), 0);
        foreach (var length in split)
        {
            var piece = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(input, start, length));
            start += length;
            while (parser.TryRead(ref piece, out var token))
            {
                var text = Encoding.Latin1.GetString(token.Bytes);
                if (token.Kind == AtTokenKind.Data)
                {
                    data.Append(text);
                    continue;
                }

                Flush(tokens, data);
                tokens.Add(token.Kind == AtTokenKind.Line ? text : token.Kind switch { AtTokenKind.Prompt => "PROMPT", AtTokenKind.DataSlipped => "SLIPPED", _ => "OVERLONG" });
                if (text.StartsWith('N'))
                {
                    parser.ExpectData(int.Parse(text[1..], CultureInfo.InvariantCulture));
                }
            }
        }

        Flush(tokens, data);
        return string.Join('|', tokens);
    }

    private static void Flush(List<string> tokens, StringBuilder data)
    {
        if (data.Length > 0)
        {
            tokens.Add($"<{data}>");
            data.Clear();
        }
    }
}
