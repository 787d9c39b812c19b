using System.Text;
using Sim800.Cli.Rendering;
using Sim800.Wording;

namespace Sim800.Cli.Tests.Rendering;

public sealed class VisibleTextTests
{
    private const string Hostile = "a\e[2J\u0007\r\nforged line\u007f\u009b31m\u202egpj\u2066\u2028\ufeff\ud800";

    [Fact]
    public void What_would_steer_a_terminal_is_shown_as_an_escape()
    {
        Assert.Equal(
            """a\u001B[2J\u0007\u000D\u000Aforged line\u007F\u009B31m\u202Egpj\u2066\u2028\uFEFF\uD800""", VisibleText.Of(Hostile));
        Assert.Equal("äöü 例え 𝄞 نص 👩\u200d🔬", VisibleText.Of("äöü 例え 𝄞 نص 👩\u200d🔬"));
        Assert.Equal("""\uD834""", VisibleText.Of("𝄞"[..1]));
        Assert.Equal("""\uDB40\uDC41""", VisibleText.Of("\U000E0041")); // a tag, which nobody sees
    }

    [Fact]
    public void No_character_of_the_basic_plane_that_is_a_control_or_a_mark_of_direction_passes()
    {
        foreach (var character in Enumerable.Range(0, 0x10000).Select(code => (char)code))
        {
            var shown = VisibleText.Of(character.ToString()).Contains(character, StringComparison.Ordinal);
            Assert.False(shown && (char.IsControl(character) || character is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069')));
        }
    }

    [Theory]
    [InlineData("%t %p")]
    [InlineData("%j")]
    public void A_message_forges_no_line_on_a_terminal_and_keeps_its_bytes_elsewhere(string format)
    {
        var message = new ReceivedMessage("t\e]0;x\u0007\u202e", "one\ntwo\e[1m"u8.ToArray(), 0, false, DateTimeOffset.UnixEpoch);
        var shown = Written(format, message, isTerminal: true);
        Assert.DoesNotContain(shown, character => char.IsControl(character) || character is '\u202e');
        Assert.Contains("two", shown, StringComparison.Ordinal);
        var kept = Written(format, message, isTerminal: false);
        Assert.Contains('\u202e', kept);
        Assert.Equal(format is not "%j", kept.EndsWith("one\ntwo\e[1m", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Results_lose_nothing_but_on_a_terminal()
    {
        var (redirected, terminal) = (new TestHost(), new TestHost { HasTerminal = true });
        await redirected.Host.WriteLineAsync("+COPS: 0,0,\"\e[2J\"");
        await terminal.Host.WriteLineAsync("+COPS: 0,0,\"\e[2J\"");
        Assert.Equal("+COPS: 0,0,\"\e[2J\"\n", redirected.Output);
        Assert.Equal("+COPS: 0,0,\"\\u001B[2J\"\n", terminal.Output);
    }

    private static string Written(string format, in ReceivedMessage message, bool isTerminal)
    {
        using var output = new MemoryStream();
        MessageFormat.Parse(format, endsLine: false).Write(output, message, isTerminal);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
