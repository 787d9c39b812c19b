using System.Text;

namespace Sim800.Simulator.Tests.Transcripts;

public sealed class TranscriptTests
{
    [Fact]
    public void Bytes_survive_the_way_through_text()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var text = TranscriptText.Escape(all);
        Assert.All(text, character => Assert.InRange(character, ' ', '~'));
        Assert.Equal(all, TranscriptText.Unescape(text));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1.0 ! AT")]
    [InlineData("x > AT")]
    [InlineData("-1 > AT")]
    [InlineData("1.0 > bad \\q escape")]
    [InlineData("1.0 > cut \\x1")]
    [InlineData("1.0 > cut \\")]
    [InlineData("1.0 > caf\u00E9")]
    [InlineData("1.0 > 例")]
    [InlineData("99999999999999999999999 > AT")]
    public void A_line_that_is_none_is_refused_with_its_number(string line)
    {
        var e = Assert.Throws<TranscriptException>(() => Transcript.Parse("# a comment\n0.000 > AT\\r\n" + line));
        Assert.Equal(3, e.LineNumber);
    }

    [Theory]
    [InlineData("1.0 > AT+CPIN=\"4711\"\\q", "character 15 of its text: the backslash is not the beginning of")]
    [InlineData("1.0 > AT+CPIN=\"4711\"\u001B[2J\u0085", "character 19 of its text: no ASCII")]
    public void A_refusal_says_where_and_repeats_nothing_of_what_may_be_secret(string line, string says)
    {
        var e = Assert.Throws<TranscriptException>(() => Transcript.Parse(line));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(e.Message, char.IsControl);
    }

    [Fact]
    public void Time_does_not_go_back() =>
        Assert.Equal(2, Assert.Throws<TranscriptException>(() => Transcript.Parse("2.0 > AT\\r\n1.9 < OK")).LineNumber);

    [Fact(Timeout = 120_000)]
    public async Task A_recorded_conversation_plays_again_with_its_pauses()
    {
        using var clock = new VirtualClock();
        var text = new StringWriter();
        using (var recorder = new TranscriptRecorder(text, clock))
        {
            await using var modem = VirtualModem.Create(new VirtualModemOptions { TimeProvider = clock, Recorder = recorder });
            await ConverseAsync(new ModemHost(modem.Line), clock);
        }

        var transcript = text.ToString();
        Assert.StartsWith("0.000 > ATE0\\r\n0.0", transcript, StringComparison.Ordinal);
        Assert.Contains(" < \\r\\n+CSQ: 21,0\\r\\n\\r\\nOK\\r\\n", transcript, StringComparison.Ordinal);

        var again = new StringWriter();
        var start = clock.Elapsed;
        await using var replayed = ReplayedModem.Play(Transcript.Parse(transcript), clock);
        using (var recorder = new TranscriptRecorder(again, clock))
        {
            await ConverseAsync(new ModemHost(recorder.Tap(replayed.Line)), clock);
        }

        await replayed.Completion.WaitAsync(TestContext.Current.CancellationToken);
        Assert.InRange((clock.Elapsed - start).TotalSeconds, 10.0, 10.2);
        Assert.Equal(Entries(transcript), Entries(again.ToString()));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_says_something_else_is_told_where()
    {
        await using var modem = ReplayedModem.Play(Transcript.Parse("0.000 > ATE0\\r\n0.010 < \\r\\nOK\\r\\n0.020 > AT\\r".Replace("\\n0.020", "\\n\n0.020", StringComparison.Ordinal)), isTimed: false);
        var host = new ModemHost(modem.Line);
        await host.SaysAsync("ATE0\r", "\r\nOK\r\n");
        await host.SendAsync("ATZ\r");
        var e = await Assert.ThrowsAsync<TranscriptException>(() => modem.Completion.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3, e.LineNumber);
        Assert.Contains("'ATZ'", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_field_log_is_a_modem()
    {
        var log = """
            # a session that lost its context
            0.000 > AT+CIPSEND=0,5\r
            0.016 < \r\n>\x20
            0.020 > hello
            0.120 < \r\n+PDP: DEACT\r\n
            0.300 > AT+CIPSHUT\r
            0.450 < \r\nSHUT OK\r\n
            """;
        await using var modem = ReplayedModem.Play(Transcript.Parse(log), isTimed: false);
        var host = new ModemHost(modem.Line);
        await host.SaysAsync("AT+CIPSEND=0,5\r", "\r\n> ");
        await host.SaysAsync("hello", "\r\n+PDP: DEACT\r\n");
        await host.SaysAsync("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        await modem.Completion.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task ConverseAsync(ModemHost host, VirtualClock clock)
    {
        await host.SaysAsync("ATE0\r", "ATE0\r\r\nOK\r\n");
        await Task.Delay(TimeSpan.FromSeconds(10), clock, TestContext.Current.CancellationToken);
        await host.SaysAsync("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
    }

    /// <summary>The conversation without its times and without the cuts between the lines of one speaker.</summary>
    private static string Entries(string transcript)
    {
        var said = new StringBuilder();
        var speaker = ' ';
        foreach (var entry in Transcript.Parse(transcript).Entries)
        {
            var now = entry.IsHost ? '>' : '<';
            said.Append(now == speaker ? "" : $"\n{now} ").Append(TranscriptText.Escape(entry.Bytes.Span));
            speaker = now;
        }

        return said.ToString();
    }
}
