using System.Text;
using Sim800.Mqtt.Client;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>What must work with every server that is not ours.</summary>
public abstract class BrokerTests
{
    protected abstract int Port { get; }

    protected abstract MqttCredentials? Credentials { get; }

    private protected abstract IReadOnlyList<BrokerDifference> Differences { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public Task A_client_lives_through_the_scenario() => ClientScenario.RunAsync(Port, Credentials, Differences, Ct);

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtMostOnce)]
    [InlineData(MqttQoS.AtLeastOnce)]
    public Task A_message_comes_back_with_its_quality_of_service(MqttQoS qos) => EchoAsync(qos);

    protected async Task EchoAsync(MqttQoS qos)
    {
        await using var client = await ConnectAsync($"echo{(int)qos}");
        await using var subscription = await client.SubscribeAsync($"echo/{(int)qos}/+", qos, Ct);
        Assert.Equal(qos, subscription.Filters[0].QoS);
        await client.PublishAsync($"echo/{(int)qos}/t", Encoding.UTF8.GetBytes("21.5 °C"), qos, cancellationToken: Ct);
        var message = await subscription.ReadAsync(Ct);
        Assert.Equal(("21.5 °C", qos, $"echo/{(int)qos}/t"), (message.PayloadText, message.QoS, message.Topic));
        await client.DisconnectAsync(Ct);
        await client.Completion;
    }

    [Fact(Timeout = 120_000)]
    public Task Many_messages_under_way_at_once_arrive_in_order() => ManyAsync(MqttQoS.AtLeastOnce, 500);

    protected async Task ManyAsync(MqttQoS qos, int count)
    {
        await using var client = await ConnectAsync($"many{(int)qos}");
        await using var subscription = await client.SubscribeAsync($"many/{(int)qos}", qos, Ct);
        var publishing = Enumerable.Range(0, count)
            .Select(index => client.PublishAsync($"many/{(int)qos}", BitConverter.GetBytes(index), qos, cancellationToken: Ct).AsTask()).ToArray();
        for (var index = 0; index < count; index++)
        {
            Assert.Equal(index, BitConverter.ToInt32((await subscription.ReadAsync(Ct)).Payload.Span));
        }

        await Task.WhenAll(publishing);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_retained_message_waits_for_its_subscriber()
    {
        await using var client = await ConnectAsync("retain");
        await using (var live = await client.SubscribeAsync("retained/+", MqttQoS.AtLeastOnce, Ct))
        {
            await client.PublishAsync("retained/x", "kept"u8.ToArray(), MqttQoS.AtLeastOnce, retain: true, Ct);
            await live.ReadAsync(Ct); // aedes acknowledges a message before it keeps it, and keeps it before it passes it on
        }

        await using (var subscription = await client.SubscribeAsync("retained/x", MqttQoS.AtLeastOnce, Ct))
        {
            var message = await subscription.ReadAsync(Ct);
            Assert.Equal(("kept", true), (message.PayloadText, message.Retain));
        }

        await client.PublishAsync("retained/x", Array.Empty<byte>(), MqttQoS.AtLeastOnce, retain: true, Ct);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_will_is_published_when_the_client_is_lost_and_not_after_disconnect()
    {
        await using var watcher = await ConnectAsync("watcher");
        await using var wills = await watcher.SubscribeAsync("wills/+", MqttQoS.AtLeastOnce, Ct);
        var polite = await ConnectAsync("polite", options => options with { Will = new MqttMessage("wills/polite", "gone") });
        await polite.DisconnectAsync(Ct);
        await polite.DisposeAsync();

        var transport = await TcpPipe.ConnectAsync(Port, Ct);
        var lost = await MqttClient.ConnectAsync(
            transport,
            Options("lost") with { Will = new MqttMessage("wills/lost", "gone", MqttQoS.AtLeastOnce) },
            Ct);
        transport.Abort();
        var will = await wills.ReadAsync(Ct);
        Assert.Equal(("wills/lost", "gone"), (will.Topic, will.PayloadText));
        await lost.DisposeAsync();
        Assert.False(wills.TryRead(out _));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_stored_session_keeps_what_comes_while_the_client_is_away()
    {
        await using var publisher = await ConnectAsync("publisher");
        var first = await ConnectAsync("stored", Stored);
        await using (await first.SubscribeAsync("stored/+", new MqttSubscribeOptions { UnsubscribeOnDispose = false }, Ct))
        {
            await first.DisposeAsync();
        }

        await publisher.PublishAsync("stored/1", "while away"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct);
        var second = await ConnectAsync("stored", Stored);
        Assert.Equal(MqttSessionResumption.UnknownToClient, second.Resumption);
        await using (var subscription = await second.SubscribeAsync("stored/+", MqttQoS.AtLeastOnce, Ct))
        {
            Assert.Equal("while away", (await subscription.ReadAsync(Ct)).PayloadText);
        }

        await second.DisposeAsync();
        var clean = await ConnectAsync("stored");
        await clean.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public Task Messages_survive_connections_that_are_cut_again_and_again() => SurviveCutsAsync(MqttQoS.AtLeastOnce);

    protected async Task SurviveCutsAsync(MqttQoS qos)
    {
        const int Count = 60;
        var topic = $"cut/{(int)qos}";
        await using var reader = await ConnectAsync($"cutreader{(int)qos}");
        await using var subscription = await reader.SubscribeAsync(topic, qos, Ct);
        await using var client = MqttClient.CreateLasting(Stored(Options($"cut{(int)qos}")));
        var publishing = Enumerable.Range(0, Count)
            .Select(index => client.PublishAsync(topic, BitConverter.GetBytes(index), qos, cancellationToken: Ct).AsTask()).ToArray();
        var everything = Task.WhenAll(publishing);
        for (var round = 0; !everything.IsCompleted; round++)
        {
            var transport = await TcpPipe.ConnectAsync(Port, Ct);
            var connection = await client.AttachAsync(transport, Ct);
            await CutAsync(connection, transport, publishing[Math.Min(round * 7, Count - 1)], everything);
        }

        await everything;
        var received = new List<int>();
        while (received.Distinct().Count() < Count)
        {
            received.Add(BitConverter.ToInt32((await subscription.ReadAsync(Ct)).Payload.Span));
        }

        Assert.Equal(Enumerable.Range(0, Count), received.Distinct());
        if (qos == MqttQoS.ExactlyOnce)
        {
            Assert.Equal(Count, received.Count);
        }
    }

    private static async Task CutAsync(MqttConnection connection, TcpPipe transport, Task until, Task everything)
    {
        await Task.WhenAny(until, everything).WaitAsync(Ct);
        if (!everything.IsCompleted)
        {
            transport.Abort();
            await connection.Closed;
        }
    }

    private static MqttClientOptions Stored(MqttClientOptions options) => options with { CleanSession = false };

    private MqttClientOptions Options(string clientId) => new() { ClientId = clientId, Credentials = Credentials };

    private async Task<MqttClient> ConnectAsync(string clientId, Func<MqttClientOptions, MqttClientOptions>? change = null) =>
        await MqttClient.ConnectAsync(
            await TcpPipe.ConnectAsync(Port, Ct), change?.Invoke(Options(clientId)) ?? Options(clientId), Ct);
}
