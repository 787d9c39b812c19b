using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sim800.Cli.Monitor;

namespace Sim800.Cli.Tests.Monitor;

public sealed class MonitorViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly MonitorSnapshot Snapshot = new()
    {
        At = Now,
        Title = "/dev/ttyUSB0 at 115200 baud to broker.example.com:8883",
        State = "waiting",
        Since = Now - TimeSpan.FromSeconds(75),
        Reason = "The server [hung up]. Connect again.",
        NextAttempt = Now + TimeSpan.FromSeconds(9),
        SignalDbm = -99,
        Signals = [.. Enumerable.Repeat(-71, 200), -113, -51],
        Registration = "home",
        SupplyMillivolts = 4012,
        SentBytes = 12_345,
        ReceivedBytes = 999,
        BytesToday = 13_344,
        SentMessages = 7,
        Waiting = 3,
        Connections = 2,
        Events = [.. Enumerable.Range(0, 40).Select(i => new MonitorEvent(Now, $"event {i} " + new string('x', 200)))],
    };

    [Theory]
    [InlineData(80, 24, false)]
    [InlineData(80, 24, true)]
    [InlineData(160, 45, false)]
    [InlineData(60, 20, false)]
    public void It_fills_the_screen_and_no_more(int width, int height, bool hasColour)
    {
        var lines = MonitorView.Draw(Snapshot, width, height, hasColour);
        Assert.InRange(lines.Length, height - 1, height);
        Assert.Equal(hasColour, lines.Any(line => line.Contains('\e')));
        Assert.All(lines, line => Assert.InRange(Visible(line).TrimEnd().Length, 1, width));
        Assert.StartsWith("╰", Visible(lines[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void At_80_by_24_everything_can_be_read()
    {
        var screen = string.Join('\n', MonitorView.Draw(Snapshot, 80, 24, hasColour: false));
        Assert.All(
            [
                "/dev/ttyUSB0 at 115200 baud to broker.example.com:8883", "waiting for 1 min 15 s, next attempt in 9 s", "The server [hung up]. Connect again.", "signal     -99 dBm",
                "registered home", "supply     4012 mV", "up    12 kB, 0 B/s", "down  999 B, 0 B/s", "today 13 kB", "messages   7 out, 0 in", "waiting    3", "reconnects 1", "▁█", "event 39",
            ],
            text => Assert.Contains(text, screen, StringComparison.Ordinal));
        Assert.DoesNotContain("event 30 ", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_for_a_log_has_it_all()
    {
        var line = Snapshot.ToLine();
        Assert.StartsWith("12:00:00Z waiting, signal -99 dBm, home, supply 4012 mV, up 12345 B, down 999 B, today 13344 B, messages 7 out 0 in, waiting 3, reconnects 1; event 39", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void A_machine_reads_one_object()
    {
        using var json = JsonDocument.Parse((Snapshot with { SignalDbm = null }).ToJson());
        Assert.Equal("waiting", json.RootElement.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("signalDbm").ValueKind);
        Assert.Equal(3, json.RootElement.GetProperty("waitingMessages").GetInt32());
        Assert.Equal("2026-11-29T12:00:09.0000000Z", json.RootElement.GetProperty("nextAttempt").GetString());
    }

    [Fact]
    public void What_others_wrote_does_not_steer_the_terminal()
    {
        var feed = new MonitorFeed("t", new FakeTimeProvider(), tellsStages: true);
        using var writer = new FeedWriter(feed);
        writer.Write("tcp       \e[31mred\e[0m     \n\n");
        Assert.DoesNotContain('\e', Assert.Single(feed.Look(new MonitorPace()).Events).Text);
    }

    [Fact]
    public void The_pace_is_that_of_the_last_look()
    {
        var clock = new FakeTimeProvider(Now);
        var feed = new MonitorFeed("t", clock, tellsStages: true);
        var pipe = feed.Bytes(new Ends());
        var (pace, other) = (new MonitorPace(), new MonitorPace());
        feed.Look(pace);
        pipe.Output.Write(new byte[3000]);
        pipe.Output.Complete();
        clock.Advance(TimeSpan.FromSeconds(2));
        var look = feed.Look(pace);
        Assert.Equal((3000, 1500), (look.SentBytes, look.SentPerSecond));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, feed.Look(other).SentPerSecond); // the first look of another
        Assert.Equal(0, feed.Look(pace).SentPerSecond);
    }

    private static string Visible(string line) => Regex.Replace(line, @"\e\[[0-9;]*m", "", RegexOptions.None, TimeSpan.FromSeconds(1));

    private sealed class Ends : System.IO.Pipelines.IDuplexPipe
    {
        private readonly System.IO.Pipelines.Pipe _pipe = new();

        public System.IO.Pipelines.PipeReader Input => _pipe.Reader;

        public System.IO.Pipelines.PipeWriter Output => _pipe.Writer;
    }
}
