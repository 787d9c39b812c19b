using System.Text;
using Sim800.Mqtt.Codec;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>Messages whose topic does not say for which subscription they came, or is none at all.</summary>
public sealed class UnmatchedTests
{
    private static readonly MqttClientOptions Options = new() { ClientId = "c" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("$queue/a/#", "a/good")]
    [InlineData("$queue/a/#", "$queue/a/good")]
    [InlineData("$share/g/a/+", "a/good")]
    [InlineData("$exclusive/a", "a")]
    [InlineData("$delayed/15/a", "a")]
    public async Task A_filter_with_a_word_of_the_server_gets_what_the_server_sends_for_it(string filter, string topic)
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync(filter, MqttQoS.AtLeastOnce, Ct);
        Assert.Equal(filter, Assert.Single((await peer.GrantAsync()).Requests).Filter);
        var subscription = await subscribing;
        await peer.PublishAsync(topic, "x", MqttQoS.AtLeastOnce, id: 4);
        Assert.Equal(topic, (await subscription.ReadAsync(Ct)).Topic);
        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.Equal(0, client.Unmatched);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task An_option_says_which_topics_a_subscription_stands_for()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("$strange:a", new MqttSubscribeOptions { Topics = ["a/#", "b"] }, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        foreach (var (topic, id) in ((string, ushort)[])[("a/1", 1), ("b", 2)])
        {
            await peer.PublishAsync(topic, "x", MqttQoS.AtLeastOnce, id);
            Assert.Equal(topic, (await subscription.ReadAsync(Ct)).Topic);
            Assert.Equal(id, await peer.ExpectAckAsync(PacketType.PubAck));
        }

        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task What_fits_nothing_is_acknowledged_counted_and_warned_of_once()
    {
        var log = new LogLines();
        var (client, peer) = await Peer.ConnectAsync(Options with { LoggerFactory = log });
        await peer.PublishAsync("void\u001B/\u202E1", "x", MqttQoS.AtLeastOnce, id: 1);
        await peer.PublishAsync("void/2", "x", MqttQoS.ExactlyOnce, id: 2);
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.Equal(2, await peer.ExpectAckAsync(PacketType.PubRec));
        Assert.Equal(2, client.Unmatched);
        Assert.Contains("void\\u001B/\\u202E1", Assert.Single(log.Of(3010)), StringComparison.Ordinal);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_catch_all_gets_what_fits_nothing_and_acknowledges_it_by_taking_it()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("a", new MqttSubscribeOptions { TakesUnmatched = true }, Ct);
        await peer.GrantAsync();
        var catchAll = await subscribing;
        subscribing = client.SubscribeAsync("b", MqttQoS.AtLeastOnce, Ct);
        await peer.GrantAsync();
        var other = await subscribing;
        await peer.PublishAsync("void", "x", MqttQoS.AtLeastOnce, id: 1);
        await peer.PublishAsync("b", "y", MqttQoS.AtLeastOnce, id: 2);
        await peer.HandledAsync(client);
        Assert.Equal("y", (await other.ReadAsync(Ct)).PayloadText);
        Assert.Equal("void", (await catchAll.ReadAsync(Ct)).Topic);
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.Equal(2, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.False(catchAll.TryRead(out _));
        Assert.Equal(1, client.Unmatched);
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("a\u0001")]
    [InlineData("a\u001F")]
    [InlineData("\u007Fa")]
    [InlineData("a/\u009F/b")]
    public async Task A_topic_with_a_control_character_is_sent_only_when_asked_for_and_received_always(string topic)
    {
        var (client, peer) = await Peer.ConnectAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => client.PublishAsync(topic, "x", cancellationToken: Ct).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => client.SubscribeAsync(topic, cancellationToken: Ct));
        Assert.Throws<ArgumentException>((Options with { Will = new MqttMessage(topic, "x") }).Validate);
        var subscribing = client.SubscribeAsync("#", cancellationToken: Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.PublishAsync(topic, "x");
        Assert.Equal(topic, (await subscription.ReadAsync(Ct)).Topic);
        await client.DisposeAsync();

        (client, peer) = await Peer.ConnectAsync(Options with { AllowControlCharacters = true });
        await client.PublishAsync(topic, "x", cancellationToken: Ct);
        Assert.Equal(topic, (await peer.ExpectPublishAsync()).Topic);
        subscribing = client.SubscribeAsync(topic, cancellationToken: Ct);
        Assert.Equal(topic, Assert.Single((await peer.GrantAsync()).Requests).Filter);
        await subscribing;
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("31 06 00 03 61 2F 2B 78", MqttProtocolError.InvalidTopic, "a/+", "a/+")]
    [InlineData("31 03 00 00 78", MqttProtocolError.InvalidTopic, "", "")]
    [InlineData("31 06 00 03 61 62 00 78", MqttProtocolError.InvalidUtf8, "ab\0", """ab\u0000""")]
    [InlineData("31 06 00 03 61 FF 62 78", MqttProtocolError.InvalidUtf8, "a\uFFFDb", "a\uFFFD...")]
    [InlineData("32 0B 00 09 61 00 01 73 65 63 72 65 74", MqttProtocolError.InvalidUtf8, "a\0\u0001secret", """a\u0000...""")] // the length has swallowed identifier and payload
    public async Task An_invalid_topic_is_named_by_the_exception(string hex, MqttProtocolError error, string topic, string shown)
    {
        var (client, peer) = await Peer.ConnectAsync();
        await peer.SendAsync(Wire.Parse(hex));
        var e = await Assert.ThrowsAsync<MqttProtocolException>(() => client.Completion);
        Assert.Equal((error, topic, MqttRemedy.PassOverInvalidTopics), (e.Error, e.Topic, e.Remedy));
        Assert.Contains($"\"{shown}\"", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task By_option_a_message_with_an_invalid_topic_is_passed_over_and_acknowledged()
    {
        var log = new LogLines();
        var (client, peer) = await Peer.ConnectAsync(Options with { PassOverInvalidTopics = true, LoggerFactory = log });
        var subscribing = client.SubscribeAsync("#", MqttQoS.ExactlyOnce, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.SendAsync(Wire.Parse("31 06 00 03 61 2F 2B 78"));
        await peer.SendAsync(Wire.Parse("33 08 00 03 61 FF 62 00 01 78"));
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubAck));
        await peer.SendAsync(Wire.Parse("35 06 00 01 23 00 02 78"));
        Assert.Equal(2, await peer.ExpectAckAsync(PacketType.PubRec));
        await peer.AckAsync(PacketType.PubRel, 2);
        Assert.Equal(2, await peer.ExpectAckAsync(PacketType.PubComp));
        await peer.PublishAsync("good", "y");
        Assert.Equal("good", (await subscription.ReadAsync(Ct)).Topic);
        Assert.Equal(3, log.Of(3014).Count);
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, (byte)PacketType.PubRec, MqttRemedy.UpdateServer)]
    [InlineData(MqttQoS.ExactlyOnce, (byte)PacketType.PubAck, MqttRemedy.UseAtLeastOnce)]
    public async Task Advice_to_publish_with_QoS_1_is_given_only_for_QoS_2(MqttQoS qos, byte answer, MqttRemedy remedy)
    {
        var (client, peer) = await Peer.ConnectAsync();
        var publishing = client.PublishAsync("a", Encoding.UTF8.GetBytes("x"), qos, cancellationToken: Ct).AsTask();
        await peer.AckAsync((PacketType)answer, (await peer.ExpectPublishAsync()).PacketId);
        Assert.Equal(remedy, (await Assert.ThrowsAsync<MqttProtocolException>(() => client.Completion)).Remedy);
        await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
        await client.DisposeAsync();
    }
}
