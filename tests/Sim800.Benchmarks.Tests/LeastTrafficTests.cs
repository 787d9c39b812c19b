using System.Buffers;
using System.Globalization;
using Sim800.Benchmarks.Link;
using Sim800.Benchmarks.Link.Least;
using Sim800.Mqtt;
using Sim800.Simulator;

namespace Sim800.Benchmarks.Tests;

/// <summary>The least is what the protocols need: equal to what was sent where the product wastes nothing, and taken by the server it is stated for.</summary>
public sealed class LeastTrafficTests(ITestOutputHelper output)
{
    private const int Messages = 300;
    private const string Name = "broker.example";
    private const byte Handshake = 22;
    private const byte Alert = 21;
    private const byte ServerHelloDone = 14;
    private static readonly LinkConditions Line = new(115_200, TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(5));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Plain")]
    [InlineData("Tls12")]
    [InlineData("Tls13")]
    public async Task A_message_on_an_idle_link_costs_the_least_to_the_byte(string security)
    {
        for (var qos = 0; qos <= 2; qos++)
        {
            var result = await LinkScenarios.OneMessageAsync(Line, Enum.Parse<LinkSecurity>(security), (MqttQoS)qos, Ct);
            AssertLeast(result);
        }
    }

    [Fact]
    public async Task Received_messages_in_records_of_their_own_cost_the_least_to_the_byte() =>
        AssertLeast(await ThroughputScenarios.SustainedReceiveAsync(Line, LinkSecurity.Tls12, size: 100, Messages, Ct, writesSingly: true));

    /// <summary>How many records the broker takes for a burst is its threads' affair.</summary>
    [Fact]
    public async Task Received_messages_in_shared_records_cost_the_least_and_a_few_records()
    {
        const int Record = 29;
        var result = await ThroughputScenarios.SustainedReceiveAsync(Line, LinkSecurity.Tls12, size: 100, Messages, Ct, writesSingly: false);
        Assert.InRange(result.Counts.TcpBytesReceived - result.LeastBytes!.Value.Down, 0, Messages / 10 * Record);
    }

    [Fact]
    public async Task A_first_message_without_TLS_costs_the_least_to_the_byte() =>
        AssertLeast(await LinkScenarios.FirstPubAckAsync(Line, LinkSecurity.Plain, resumed: false, Ct));

    [Fact]
    public async Task Published_messages_without_TLS_cost_the_least_to_the_byte() =>
        AssertLeast(await ThroughputScenarios.SustainedPublishAsync(Line, LinkSecurity.Plain, MqttQoS.AtMostOnce, Messages, Ct));

    [Fact]
    public async Task A_resumed_hello_costs_no_more_than_the_way_back_to_a_full_handshake_and_the_session_id()
    {
        var result = await LinkScenarios.FirstPubAckAsync(Line, LinkSecurity.Tls12, resumed: true, Ct);
        var least = result.LeastBytes!.Value;
        output.WriteLine($"{result.Counts.TcpBytesSent - least.Up} up, {result.Counts.TcpBytesReceived - least.Down} down");
        Assert.Equal(32, result.Counts.TcpBytesReceived - least.Down);
        Assert.InRange(result.Counts.TcpBytesSent - least.Up, 0, 80);
    }

    [Fact]
    public async Task A_broker_that_packs_nothing_costs_a_record_for_each_acknowledgement()
    {
        var result = await ThroughputScenarios.SustainedPublishAsync(Line, LinkSecurity.Tls12, MqttQoS.AtLeastOnce, Messages, Ct, writesSingly: true);
        Assert.Equal((Messages * 33L, Messages * 33L), (result.Counts.TcpBytesReceived, result.LeastBytes!.Value.Down));
    }

    /// <summary>The hello of the limit is no invention: the same server answers it, up to the end of its flight.</summary>
    [Fact]
    public async Task The_server_takes_the_smallest_hello_of_TLS_1_2()
    {
        var answer = await AnswerAsync(LeastHello.Tls12(Name, LeastTraffic.Suite(LinkSecurity.Tls12)), flight => LastMessage(flight) == ServerHelloDone);
        Assert.Equal(Handshake, answer[0]);
    }

    [Fact]
    public async Task The_server_takes_the_smallest_hello_of_TLS_1_3()
    {
        var answer = await AnswerAsync(LeastHello.Tls13(Name, LeastTraffic.Suite(LinkSecurity.Tls13)), flight => flight.Length > 5);
        Assert.Equal(Handshake, answer[0]);
    }

    /// <summary>So 29 bytes a record are the least that this server allows: it has no ChaCha20-Poly1305 in TLS 1.2.</summary>
    [Fact]
    public async Task The_server_refuses_the_suite_with_shorter_records()
    {
        var answer = await AnswerAsync(LeastHello.Tls12(Name, suite: 0xCCA9), flight => flight.Length >= 5);
        Assert.Equal(Alert, answer[0]);
    }

    private static void AssertLeast(LinkResult result)
    {
        var least = result.LeastBytes!.Value;
        Assert.Equal((result.Scenario, least.Up, least.Down), (result.Scenario, result.Counts.TcpBytesSent, result.Counts.TcpBytesReceived));
    }

    private static async Task<byte[]> AnswerAsync(byte[] hello, Func<byte[], bool> isWhole)
    {
        await using var broker = LoopbackBroker.Start(new LoopbackBrokerOptions { Listen = false, Tls = true, ServerNames = [Name] });
        var line = new MemoryLine();
        var serving = broker.ServeAsync(line.Server, Ct);
        await line.Client.Output.WriteAsync(hello, Ct);
        var answer = Array.Empty<byte>();
        while (!isWhole(answer))
        {
            var read = await line.Client.Input.ReadAsync(Ct);
            answer = read.Buffer.ToArray();
            line.Client.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            Assert.False(read.IsCompleted && !isWhole(answer), string.Create(CultureInfo.InvariantCulture, $"hung up after {answer.Length} bytes"));
        }

        await line.Client.Output.CompleteAsync();
        await serving;
        return answer;
    }

    /// <returns>The type of the last handshake message, when the records are whole.</returns>
    private static int LastMessage(byte[] records)
    {
        var messages = new List<byte>();
        for (var at = 0; at + 5 <= records.Length;)
        {
            var length = (records[at + 3] << 8) | records[at + 4];
            messages.AddRange(records.Skip(at + 5).Take(length));
            at += 5 + length;
        }

        var last = -1;
        for (var at = 0; at + 4 <= messages.Count;)
        {
            last = messages[at];
            at += 4 + ((messages[at + 1] << 16) | (messages[at + 2] << 8) | messages[at + 3]);
        }

        return last;
    }
}
