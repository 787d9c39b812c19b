using System.Text.RegularExpressions;
using Sim800.Benchmarks.Link;
using Sim800.Mqtt;

namespace Sim800.Benchmarks.Tests;

/// <summary>The counts of the link budget: exact on every machine, unlike times.</summary>
public sealed class LinkBudgetTests(ITestOutputHelper output)
{
    private const int Messages = 500;
    private const int Many = 3_000;
    private const int PayloadAndTopic = 100 + 3;
    private static readonly LinkConditions Line = new(115_200, TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(5));

    [Theory]
    [InlineData("Plain", false, 1)]
    [InlineData("Tls12", false, 3)]
    [InlineData("Tls12", true, 2)]
    [InlineData("Tls13", false, 2)]
    [InlineData("Tls13", true, 2)]
    [InlineData("EcdhePsk", false, 3)]
    public async Task A_first_message_is_confirmed_after_as_few_round_trips_and_CIPSENDs_as_the_protocols_need(
        string security, bool resumed, int flights)
    {
        var result = await LinkScenarios.FirstPubAckAsync(
            Line, Enum.Parse<LinkSecurity>(security), resumed, TestContext.Current.CancellationToken);
        Assert.Equal((flights, flights, flights), (result.Counts.RoundTrips, result.Counts.CipSends, result.Counts.CipReads));
        Assert.Equal(2 * flights, result.Counts.CommandLines);
    }

    [Fact]
    public async Task A_reconnect_after_a_lost_link_resumes_the_TLS_session()
    {
        var result = await LinkScenarios.ReconnectAsync(Line, LinkSecurity.Tls12, TestContext.Current.CancellationToken);
        Assert.Equal((2, 2), (result.Counts.RoundTrips, result.Counts.CipSends));
    }

    [Fact]
    public async Task In_a_burst_a_message_costs_eleven_bytes_of_overhead_on_the_serial_line()
    {
        var result = await ThroughputScenarios.SustainedPublishAsync(
            Line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, Messages, TestContext.Current.CancellationToken);
        Assert.InRange(result.Counts.UartBytesFromHost, 1, Messages * (PayloadAndTopic + 11));
    }

    [Fact]
    public async Task A_burst_fills_every_CIPSEND_to_its_limit()
    {
        var result = await ThroughputScenarios.SustainedPublishAsync(
            Line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, Many, TestContext.Current.CancellationToken);
        var least = CipExchange.Sim800.LeastExchanges(result.Counts.TcpBytesSent);
        Assert.InRange(result.Counts.CipSends, least, least + 2);
    }

    [Fact]
    public async Task A_stream_of_messages_fills_every_CIPRXGET_to_its_limit()
    {
        var result = await ThroughputScenarios.SustainedReceiveAsync(
            Line, LinkSecurity.Tls12, size: 100, Messages, TestContext.Current.CancellationToken);
        var least = CipExchange.Sim800.LeastExchanges(result.Counts.TcpBytesReceived);
        Assert.InRange(result.Counts.CipReads, least, least + 2);
    }

    [Fact]
    public async Task A_burst_of_QoS_0_keeps_the_line_busy_with_little_but_full_CIPSENDs()
    {
        var result = await ThroughputScenarios.SustainedPublishAsync(
            Line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, Many, TestContext.Current.CancellationToken);
        var exchanges = CipExchange.Sim800.Send(result.Counts.TcpBytesSent, exchanges: 1, unheard: 1, Line);
        var share = exchanges / result.Counts.Occupation(Line);
        output.WriteLine($"{share:0.000}");
        Assert.InRange(share, 0.98, 1);
    }

    [Fact]
    public async Task In_transparent_mode_every_byte_on_the_line_is_a_byte_of_the_connection()
    {
        var result = await ThroughputScenarios.TransparentPublishAsync(
            Line, LinkSecurity.Tls12, Many, TestContext.Current.CancellationToken);
        Assert.Equal((0, result.Counts.UartBytesFromHost), (result.Counts.CommandLines, result.Counts.TcpBytesSent));
    }

    [Fact]
    public async Task QoS_1_keeps_the_line_busy_for_hardly_longer_than_QoS_0()
    {
        var ct = TestContext.Current.CancellationToken;
        var once = await ThroughputScenarios.SustainedPublishAsync(Line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, Many, ct);
        var acknowledged = await ThroughputScenarios.SustainedPublishAsync(Line, LinkSecurity.Tls12, MqttQoS.AtLeastOnce, Many, ct);
        var share = once.Counts.Occupation(Line) / acknowledged.Counts.Occupation(Line);
        output.WriteLine($"{share:0.000}");
        Assert.InRange(share, 0.90, 1);
    }

    [Theory]
    [InlineData(100, Many)]
    [InlineData(4096, Many / 40)]
    public async Task A_stream_of_messages_keeps_the_line_busy_with_little_but_full_CIPRXGETs(int size, int messages)
    {
        var result = await ThroughputScenarios.SustainedReceiveAsync(
            Line, LinkSecurity.Tls12, size, messages, TestContext.Current.CancellationToken);
        var first = (Line.RoundTripTime / 2) + CipExchange.Announcement(Line);
        var share = (result.Limit - first) / result.Counts.Occupation(Line);
        output.WriteLine($"{share:0.000}");
        Assert.InRange(share, 0.95, 1);
    }

    /// <summary>Each direction has half of a line that carries 960 bytes a second, and a flush takes as long.</summary>
    [Fact]
    public async Task A_slow_line_that_is_busy_both_ways_is_not_taken_for_a_dead_link()
    {
        var result = await ThroughputScenarios.BothWaysAsync(
            Line with { BaudRate = 9_600 }, LinkSecurity.Tls12, Many / 2, TestContext.Current.CancellationToken);
        Assert.InRange(result.Counts.TcpBytesReceived, Many / 2 * PayloadAndTopic, long.MaxValue);
    }

    [Fact]
    public async Task An_idle_link_costs_one_AT_exchange_in_five_seconds_at_most()
    {
        var result = await LinkScenarios.IdleDayAsync(Line, LinkSecurity.Tls12, TestContext.Current.CancellationToken);
        Assert.InRange(result.Counts.CommandLines / TimeSpan.FromDays(1).TotalSeconds, 0, 0.2);
    }

    [Fact]
    public async Task A_registered_modem_needs_twelve_command_lines_at_most_up_to_CIPSTART()
    {
        await using var rig = new LinkRig(Line, LinkSecurity.Plain);
        await using var tcp = await rig.ConnectTcpAsync(TestContext.Current.CancellationToken);
        output.WriteLine($"{rig.Counts.CommandLines} command lines");
        Assert.InRange(rig.Counts.CommandLines, 1, 12);
    }

    /// <summary>A command line with semicolons counts as many commands as it has.</summary>
    [Theory]
    [InlineData(false, 20)]
    [InlineData(true, 17)]
    public async Task A_first_message_over_TLS_from_a_known_modem_takes_few_commands_counted_singly(bool resumed, int most)
    {
        var folder = Directory.CreateTempSubdirectory("modem-state-");
        try
        {
            var commands = await CommandsAsync(folder.FullName, resumed, TestContext.Current.CancellationToken);
            output.WriteLine(string.Join(Environment.NewLine, commands));
            Assert.InRange(commands.Sum(line => line.Count(character => character is ';') + 1), 10, most);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string[]> CommandsAsync(string folder, bool resumed, CancellationToken cancellationToken)
    {
        var transcript = new StringWriter();
        await using var rig = new LinkRig(Line, LinkSecurity.Tls12, stateFolder: folder, transcript: transcript);
        await (await rig.PublishFirstAsync(await rig.ConnectTcpAsync(cancellationToken), cancellationToken)).DisposeAsync();
        await rig.RestartModemAsync();
        if (!resumed)
        {
            rig.ForgetSessions();
        }

        rig.FlushTranscript();
        var before = transcript.ToString().Length;
        await using var client = await rig.PublishFirstAsync(await rig.ConnectTcpAsync(cancellationToken), cancellationToken);
        rig.FlushTranscript();
        return [.. Regex.Matches(transcript.ToString()[before..], @"> (?<line>AT[^\\]*)\\r$", RegexOptions.Multiline, TimeSpan.FromSeconds(10)).Select(match => match.Groups["line"].Value)];
    }

    [Fact]
    public async Task A_resumed_connection_costs_640_bytes_up_to_CONNACK()
    {
        await using var rig = new LinkRig(Line, LinkSecurity.Tls12);
        await using (await rig.ConnectAsync(TestContext.Current.CancellationToken))
        {
        }

        var before = rig.Counts;
        await using var client = await rig.ConnectAsync(TestContext.Current.CancellationToken);
        var counts = rig.Counts - before;
        output.WriteLine($"{counts.TcpBytesSent} bytes up, {counts.TcpBytesReceived} down");
        Assert.InRange(counts.TcpBytesSent + counts.TcpBytesReceived, 1, 640);
    }

    [Fact]
    public async Task A_connected_client_over_TLS_holds_256_KB_at_most() =>
        Assert.InRange(await GatewayCost.MemoryPerClientAsync(TestContext.Current.CancellationToken), 1, 256 * 1024);
}
