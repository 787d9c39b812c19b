using System.Text;
using System.Text.Json.Nodes;
using Sim800.Cli.Monitor;
using TestKit;

namespace Sim800.Cli.Tests.Monitor;

/// <summary>What goes from a session to who attaches, and what is believed of it.</summary>
public sealed class SharedSnapshotTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly MonitorSnapshot Snapshot = new()
    {
        At = Now,
        Title = "/dev/ttyUSB0 at 115200 baud to broker.example.com:8883",
        State = "waiting",
        Since = Now - TimeSpan.FromSeconds(75),
        Stage = "tcp, broker.example.com",
        Reason = "The server [hung up]. Connect again.",
        NextAttempt = Now + TimeSpan.FromSeconds(9),
        SignalDbm = -99,
        Signals = [-71, -113, -51],
        Registration = "home",
        SupplyMillivolts = 4012,
        SentBytes = 12_345,
        ReceivedBytes = 999,
        SentPerSecond = 1.5,
        BytesToday = 13_344,
        SentMessages = 7,
        Waiting = 3,
        Connections = 2,
        Events = [new MonitorEvent(Now, "tcp broker.example.com:8883 1.29 s"), new MonitorEvent(Now, "connected")],
    };

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        var read = SharedSnapshot.Read(Bytes(SharedSnapshot.Write(Snapshot)));

        Assert.Equal(Snapshot with { Signals = [], Events = [] }, read with { Signals = [], Events = [] });
        Assert.Equal(Snapshot.Signals, read.Signals);
        Assert.Equal(Snapshot.Events, read.Events);
        Assert.Equal(Snapshot.ToJson(), read.ToJson());
    }

    [Fact]
    public void Unknown_values_stay_unknown()
    {
        var unknown = Snapshot with { Stage = null, Reason = null, NextAttempt = null, SignalDbm = null, Registration = null, SupplyMillivolts = null, Signals = [], Events = [] };
        var read = SharedSnapshot.Read(Bytes(SharedSnapshot.Write(unknown)));
        Assert.Equal(unknown with { Signals = [], Events = [] }, read with { Signals = [], Events = [] });
    }

    [Fact]
    public void What_a_verb_prints_as_its_result_does_not_go_along()
    {
        var feed = new MonitorFeed("t", new FakeTimeProvider(), tellsStages: true);
        using var results = new FeedStream(feed);
        results.Write("greenhouse/7 secret payload\n"u8);
        feed.Tell("connected");
        results.Write("greenhouse/7 secret payload\n"u8);

        var look = feed.Look(new MonitorPace());

        Assert.Equal(3, look.Events.Count);
        var line = SharedSnapshot.Write(look);
        Assert.DoesNotContain("payload", line, StringComparison.Ordinal);
        Assert.Equal("connected", Assert.Single(SharedSnapshot.Read(Bytes(line)).Events).Text);
    }

    [Fact]
    public void The_longest_line_has_room_for_the_longest_texts()
    {
        var text = new string('ж', 10_000);
        var longest = Snapshot with
        {
            Title = text,
            Signals = [.. Enumerable.Repeat(-113, MonitorFeed.MostSignals)],
            Events = [.. Enumerable.Repeat(new MonitorEvent(Now, text), MonitorFeed.MostEvents)],
        };
        var line = Bytes(SharedSnapshot.Write(longest));
        Assert.True(line.Length < SharedSnapshot.LongestLine, $"{line.Length} bytes");
        Assert.Equal(MonitorFeed.MostEvents, SharedSnapshot.Read(line).Events.Count);
    }

    [Theory]
    [InlineData("title")]
    [InlineData("state")]
    [InlineData("stage")]
    [InlineData("reason")]
    [InlineData("registration")]
    public void No_text_steers_the_terminal(string name)
    {
        var json = Written();
        json[name] = "\e[2J\u202Egnihton\r\n\u009B31m";

        var read = SharedSnapshot.Read(Bytes(json.ToJsonString()));

        Assert.All(new[] { read.Title, read.State, read.Stage, read.Reason, read.Registration }, text => Assert.DoesNotContain(text ?? "", character => char.IsControl(character) || character == '\u202E'));
        Assert.DoesNotContain('\e', string.Join('\n', MonitorView.Draw(read, 80, 24, hasColour: false)));
    }

    [Fact]
    public void No_event_steers_the_terminal()
    {
        var json = Written();
        json["events"]![0]!["text"] = "\e]0;title\a" + new string('x', 100_000);
        var text = SharedSnapshot.Read(Bytes(json.ToJsonString())).Events[0].Text;
        Assert.DoesNotContain(text, char.IsControl);
        Assert.InRange(text.Length, 1, 600);
    }

    [Theory]
    [InlineData("at", "\"yesterday\"")]
    [InlineData("at", "null")]
    [InlineData("title", "7")]
    [InlineData("since", "0")]
    [InlineData("nextAttempt", "\"\"")]
    [InlineData("signalDbm", "-2147483648")]
    [InlineData("signalDbm", "1e9")]
    [InlineData("signals", "null")]
    [InlineData("signals", "[null]")]
    [InlineData("signals", "[2147483647]")]
    [InlineData("signals", "[[[[[]]]]]")]
    [InlineData("supplyMillivolts", "-1")]
    [InlineData("sentBytes", "-1")]
    [InlineData("sentBytes", "9223372036854775807")]
    [InlineData("receivedBytes", "1.5")]
    [InlineData("sentBytesPerSecond", "1e400")]
    [InlineData("sentBytesPerSecond", "-1")]
    [InlineData("receivedBytesPerSecond", "\"fast\"")]
    [InlineData("waitingMessages", "2147483648")]
    [InlineData("reconnects", "-9223372036854775808")]
    [InlineData("events", "{}")]
    [InlineData("events", "[7]")]
    [InlineData("events", "[{\"at\":\"2026-11-30T12:00:00Z\"}]")]
    [InlineData("state", "\"\\ud800\"")]
    public void What_no_session_writes_is_refused(string name, string value)
    {
        var line = Written().ToJsonString().Replace($"\"{name}\":{Written()[name]?.ToJsonString() ?? "null"}", $"\"{name}\":{value}", StringComparison.Ordinal);
        Assert.Contains($"\"{name}\":{value}", line, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => SharedSnapshot.Read(Bytes(line)));
    }

    [Theory]
    [InlineData("signals")]
    [InlineData("events")]
    public void More_than_a_session_keeps_is_refused(string name)
    {
        var json = Written();
        var many = new JsonArray();
        for (var i = 0; i <= (name == "signals" ? MonitorFeed.MostSignals : MonitorFeed.MostEvents); i++)
        {
            many.Add(json[name]![0]!.DeepClone());
        }

        json[name] = many;
        Assert.Throws<FormatException>(() => SharedSnapshot.Read(Bytes(json.ToJsonString())));
    }

    /// <summary>Changed in any octets, a line is read or refused, and what was read can be drawn.</summary>
    [Fact]
    public void Any_octets_are_read_or_refused()
    {
        var seed = Seed.Fresh();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var good = Bytes(SharedSnapshot.Write(Snapshot));
        var refused = 0;
        for (var i = 0; i < 3000; i++)
        {
            var line = good.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                line[random.Next(line.Length)] = (byte)random.Next(256);
            }

            try
            {
                var read = SharedSnapshot.Read(line);
                Assert.DoesNotContain('\e', string.Concat(MonitorView.Draw(read, 80, 24, hasColour: false)) + read.ToLine() + read.ToJson());
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 3000);
    }

    private static JsonNode Written() => JsonNode.Parse(SharedSnapshot.Write(Snapshot))!;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
