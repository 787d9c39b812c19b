using Sim800.Benchmarks.Link;
using Sim800.Mqtt;

namespace Sim800.Benchmarks.Tests;

/// <summary>The counts of the link budget: exact on every machine, unlike times.</summary>
public sealed class LinkBudgetTests
{
    private const int Messages = 500;
    private const int PayloadAndTopic = 100 + 3;
    private static readonly LinkConditions Line = new(115_200, TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(5));

    [Theory]
    [InlineData("Plain", false, 1)]
    [InlineData("Tls12", false, 3)]
    [InlineData("Tls12", true, 2)]
    [InlineData("Tls13", false, 2)]
#if BC1
    [InlineData("EcdhePsk", false, 3)]
#endif
    public async Task A_first_message_is_confirmed_after_as_few_round_trips_and_CIPSENDs_as_the_protocols_need(
        string security, bool resumed, int flights)
    {
        var result = await LinkScenarios.FirstPubAckAsync(
            Line, Enum.Parse<LinkSecurity>(security), resumed, TestContext.Current.CancellationToken);
        Assert.Equal((flights, flights), (result.Counts.RoundTrips, result.Counts.CipSends));
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
            Line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, Messages, TestContext.Current.CancellationToken);
        var least = (result.Counts.TcpBytesSent + CipExchange.MaxSend - 1) / CipExchange.MaxSend;
        Assert.InRange(result.Counts.CipSends, least, least + 2);
    }

    [Fact]
    public async Task A_stream_of_messages_fills_every_CIPRXGET_to_its_limit()
    {
        var result = await ThroughputScenarios.SustainedReceiveAsync(
            Line, LinkSecurity.Tls12, size: 100, Messages, TestContext.Current.CancellationToken);
        var least = (result.Counts.TcpBytesReceived + CipExchange.MaxReceive - 1) / CipExchange.MaxReceive;
        Assert.InRange(result.Counts.CipReads, least, least + 2);
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
        Assert.InRange(rig.Counts.CommandLines, 1, 12);
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
        Assert.InRange(counts.TcpBytesSent + counts.TcpBytesReceived, 1, 640);
    }

    [Fact]
    public async Task A_connected_client_over_TLS_holds_256_KB_at_most() =>
        Assert.InRange(await GatewayCost.MemoryPerClientAsync(TestContext.Current.CancellationToken), 1, 256 * 1024);
}
