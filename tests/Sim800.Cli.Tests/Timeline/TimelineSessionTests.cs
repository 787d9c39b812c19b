using System.IO.Pipelines;
using System.Text.Json;
using Sim800.Cli.Timeline;
using Sim800.Modem;

namespace Sim800.Cli.Tests.Timeline;

public sealed class TimelineSessionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_lowest_layer_explains_the_time_and_all_of_it_is_explained()
    {
        var session = Session(
            100,
            new TimelineEvent(TimelineLane.Stage, 10, 90, TimelineDirection.None, 0, "Tls", TimelineWait.Server),
            new TimelineEvent(TimelineLane.At, 20, 40, TimelineDirection.Sent, 3, "AT: OK", TimelineWait.Modem),
            new TimelineEvent(TimelineLane.Line, 20, 25, TimelineDirection.Sent, 3, "to the modem", TimelineWait.Line),
            new TimelineEvent(TimelineLane.Tls, 50, 60, TimelineDirection.None, 0, "computing", TimelineWait.Program));
        Assert.Equal(
            [
                (0, 10, TimelineWait.Program), (10, 20, TimelineWait.Server), (20, 25, TimelineWait.Line), (25, 40, TimelineWait.Modem), (40, 50, TimelineWait.Server),
                (50, 60, TimelineWait.Program), (60, 90, TimelineWait.Server), (90, 100, TimelineWait.Nobody),
            ],
            session.Waits());
        Assert.Equal(100, session.TimeByWait().Values.Sum());
        Assert.Equal(50, session.TimeByWait()[TimelineWait.Server]);
    }

    [Fact]
    public void A_stage_that_two_layers_tell_of_counts_once()
    {
        var session = Session(
            100,
            new TimelineEvent(TimelineLane.Stage, 10, 50, TimelineDirection.None, 0, "Tcp", TimelineWait.Network),
            new TimelineEvent(TimelineLane.Stage, 11, 52, TimelineDirection.None, 0, "Tcp", TimelineWait.Network),
            new TimelineEvent(TimelineLane.Stage, 60, 70, TimelineDirection.None, 0, "Tcp", TimelineWait.Network));
        Assert.Equal([("Tcp", 52)], session.TimeByStage());
    }

    [Fact]
    public async Task What_passes_is_counted_by_layer_and_takes_the_time_of_its_rate()
    {
        var clock = new FakeTimeProvider();
        var recorder = new TimelineRecorder(9600, clock);
        var line = recorder.Line(new Ends(out var far));
        await line.Output.WriteAsync("AT\r"u8.ToArray(), Stop);
        clock.Advance(TimeSpan.FromMilliseconds(50));
        await far.WriteAsync("\r\nOK\r\n"u8.ToArray(), Stop);
        var read = await line.Input.ReadAsync(Stop);
        line.Input.AdvanceTo(read.Buffer.End);
        var session = recorder.Close();
        Assert.Equal((3, 6), (session.Sent[0], session.Received[0]));
        Assert.Equal(1, session.Exchanges);
        Assert.Equal([3.125, 43.75, 50], session.Events.Where(one => one.Lane is TimelineLane.Line).SelectMany(one => new[] { one.Start, one.End }).Skip(1), Near);
    }

    [Fact]
    public async Task A_request_waits_for_its_answer()
    {
        var clock = new FakeTimeProvider();
        var recorder = new TimelineRecorder(115_200, clock);
        var mqtt = recorder.Mqtt(new Ends(out var far));
        await mqtt.Output.WriteAsync(Convert.FromHexString("32050001610007"), Stop);
        clock.Advance(TimeSpan.FromMilliseconds(600));
        await far.WriteAsync(Convert.FromHexString("40020007"), Stop);
        mqtt.Input.AdvanceTo((await mqtt.Input.ReadAsync(Stop)).Buffer.End);
        var waits = recorder.Close().Events.Where(one => one.Wait is TimelineWait.Server);
        Assert.Equal([(0, 600, "PUBLISH to PUBACK")], waits.Select(one => (one.Start, one.End, one.Text)));
    }

    [Fact]
    public void Of_a_session_that_is_too_long_the_sums_go_on()
    {
        var recorder = new TimelineRecorder(115_200, new FakeTimeProvider());
        var stages = recorder.Stages(null);
        for (var i = 0; i < TimelineRecorder.MostEvents + 7; i++)
        {
            stages.Report(new Sim800Progress(Sim800Stage.Tcp, Sim800ProgressKind.Completed, TimeSpan.Zero, "h:1"));
        }

        var session = recorder.Close();
        Assert.Equal((TimelineRecorder.MostEvents, 7), (session.Events.Count, session.Dropped));
    }

    [Fact]
    public void The_page_holds_the_session_and_asks_nobody_for_anything()
    {
        var page = TimelineFile.Page("sim800 </script>", Session(1, new TimelineEvent(TimelineLane.At, 0, 1, TimelineDirection.Sent, 1, "AT+X</script>", TimelineWait.Modem)));
        Assert.Equal(1, page.Split("</script>").Length - 1);
        Assert.DoesNotContain("\"the session\"", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_data_can_be_read_back()
    {
        var session = Session(2.5, new TimelineEvent(TimelineLane.At, 0.123, 1, TimelineDirection.Sent, 3, "AT: OK", TimelineWait.Modem));
        using var json = JsonDocument.Parse(TimelineFile.Json("t", session));
        Assert.Equal("[1,0.12,1,1,3,\"AT: OK\",4]", json.RootElement.GetProperty("events")[0].GetRawText());
        Assert.Equal(2.5, json.RootElement.GetProperty("waits").EnumerateArray().Sum(wait => wait[1].GetDouble() - wait[0].GetDouble()), Near);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 0.02;

    private static TimelineSession Session(double duration, params TimelineEvent[] events) => new(
        DateTimeOffset.UnixEpoch, duration, 115_200, events, new long[6], new long[6], 0);

    private sealed class Ends : IDuplexPipe
    {
        private readonly Pipe _in = new();
        private readonly Pipe _out = new();

        internal Ends(out PipeWriter far) => far = _in.Writer;

        public PipeReader Input => _in.Reader;

        public PipeWriter Output => _out.Writer;
    }
}
