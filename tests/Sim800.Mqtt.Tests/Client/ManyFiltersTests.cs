using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>One subscription with several filters: one packet each way, one stream, each message once.</summary>
public sealed class ManyFiltersTests
{
    private static readonly MqttClientOptions Stored = new() { ClientId = "c", CleanSession = false };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_hundred_filters_cost_one_packet_of_half_the_bytes_and_one_to_leave()
    {
        var (client, peer) = await Peer.ConnectAsync();
        MqttTopicFilter[] filters = [.. Enumerable.Range(0, 100).Select(index => new MqttTopicFilter($"s/{index:000}"))];
        var single = filters.Sum(filter => Wire.Bytes(new SubscribePacket(1, [filter]).Write).Length + Wire.Bytes(new SubAckPacket(1, new byte[1]).Write).Length);
        var subscribing = client.SubscribeAsync(filters, cancellationToken: Ct);

        var subscribe = await peer.GrantAsync();
        Assert.Equal(filters, subscribe.Requests);
        var size = Wire.Bytes(subscribe.Write).Length;
        Assert.Equal(805, size);
        Assert.InRange(size + Wire.Bytes(new SubAckPacket(1, new byte[100]).Write).Length, 1, (single / 2) + 100);
        var subscription = await subscribing;
        Assert.Equal(filters, subscription.Filters);

        var leaving = subscription.UnsubscribeAsync(Ct);
        var unsubscribe = UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe));
        Assert.Equal(filters.Select(filter => filter.Filter), unsubscribe.Filters);
        await peer.AckAsync(PacketType.UnsubAck, unsubscribe.PacketId);
        await leaving;
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Filters_of_an_earlier_run_are_forgotten_and_a_subscription_of_this_one_stays()
    {
        var (client, peer) = await Peer.ConnectAsync(Stored, sessionPresent: true);
        var subscribing = client.SubscribeAsync(["a/#"], cancellationToken: Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        var forgetting = client.UnsubscribeAsync(["old/#", "a/#", "old/#"], Ct);
        var unsubscribe = UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe));
        Assert.Equal(["old/#", "a/#"], unsubscribe.Filters);
        await peer.PublishAsync("old/x", "late", MqttQoS.AtLeastOnce, 8); // is acknowledged, and nobody's
        await peer.PublishAsync("a/x", "mine", MqttQoS.AtLeastOnce, 9);
        Assert.False(forgetting.IsCompleted);
        await peer.AckAsync(PacketType.UnsubAck, unsubscribe.PacketId);
        await forgetting;
        var message = await subscription.ReadAsync(Ct);
        Assert.Equal(("a/x", 9), (message.Topic, message.PacketId));
        Assert.Equal(8, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.Equal(9, await peer.ExpectAckAsync(PacketType.PubAck));
        await Assert.ThrowsAsync<ArgumentException>(() => client.UnsubscribeAsync([], Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => client.UnsubscribeAsync(["a/#/b"], Ct));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Messages_come_in_one_stream_in_order_and_once_however_many_filters_match()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync(["a/#", "a/+", new MqttTopicFilter("a/b", MqttQoS.ExactlyOnce), "x"], cancellationToken: Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        await using var other = await OneAsync(client, peer, "a/b");
        string[] topics = ["a/b", "x", "a/c", "a/b/c", "a/b"];
        for (ushort id = 1; id <= topics.Length; id++)
        {
            await peer.PublishAsync(topics[id - 1], $"{id}", MqttQoS.AtLeastOnce, id);
        }

        for (var index = 0; index < topics.Length; index++)
        {
            var message = await subscription.ReadAsync(Ct);
            Assert.Equal((topics[index], $"{index + 1}"), (message.Topic, message.PayloadText));
        }

        Assert.False(subscription.TryRead(out _));
        Assert.Equal("1", (await other.ReadAsync(Ct)).PayloadText);
        Assert.Equal("5", (await other.ReadAsync(Ct)).PayloadText);
        Assert.False(other.TryRead(out _));
        for (var id = 1; id <= topics.Length; id++)
        {
            Assert.Equal(id, await peer.ExpectAckAsync(PacketType.PubAck));
        }

        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Each_filter_has_its_QoS_and_of_one_that_occurs_twice_the_higher_counts()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync(
            [new("a", MqttQoS.AtMostOnce), new("b", MqttQoS.ExactlyOnce), new("a", MqttQoS.AtLeastOnce)], cancellationToken: Ct);
        var subscribe = await peer.GrantAsync(0, 1);
        Assert.Equal([new("a", MqttQoS.AtLeastOnce), new("b", MqttQoS.ExactlyOnce)], subscribe.Requests);
        Assert.Equal([new("a", MqttQoS.AtMostOnce), new("b", MqttQoS.AtLeastOnce)], (await subscribing).Filters);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refusal_names_its_filters_and_takes_back_the_others_in_one_packet()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await using var shared = await OneAsync(client, peer, "shared");
        var subscribing = client.SubscribeAsync(["shared", "a", "b", "c", "d"], cancellationToken: Ct);
        await peer.GrantAsync(1, 1, 0x80, 0x80, 1);

        var refused = await Assert.ThrowsAsync<MqttSubscribeRefusedException>(() => subscribing);
        Assert.Equal(["b", "c"], refused.Filters);
        Assert.Contains("'b', 'c'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "d"], UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe)).Filters);
        await peer.PublishAsync("shared", "x");
        Assert.Equal("x", (await shared.ReadAsync(Ct)).PayloadText);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_filter_that_is_refused_later_ends_the_subscription_with_its_name()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var subscribing = client.SubscribeAsync(["a", "b"], cancellationToken: Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.CloseAsync();
        await connection.Closed;

        (_, peer) = await AttachAsync(client);
        await peer.GrantAsync(1, 0x80);
        Assert.Equal(["b"], (await Assert.ThrowsAsync<MqttSubscribeRefusedException>(() => subscription.Completion)).Filters);
        Assert.Equal(["a"], UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe)).Filters);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_answer_that_came_in_part_is_asked_for_again_as_a_whole_and_refused_only_once_it_is_whole()
    {
        await using var client = MqttClient.CreateLasting(Stored with { MaxFiltersPerPacket = 1 });
        var (connection, peer) = await AttachAsync(client);
        var subscribing = client.SubscribeAsync(["a", "b"], cancellationToken: Ct);
        Assert.Equal("a", (await peer.GrantAsync(0x80)).Requests[0].Filter);
        await peer.ExpectAsync(PacketType.Subscribe);
        await peer.CloseAsync();
        await connection.Closed;
        Assert.False(subscribing.IsCompleted);

        (_, peer) = await AttachAsync(client, sessionPresent: true);
        Assert.Equal("a", (await peer.GrantAsync()).Requests[0].Filter);
        Assert.Equal("b", (await peer.GrantAsync()).Requests[0].Filter);
        Assert.Equal(2, (await subscribing).Filters.Count);
    }

    [Fact(Timeout = 120_000)]
    public async Task Filters_that_do_not_fit_into_one_packet_go_in_several()
    {
        var (client, peer) = await Peer.ConnectAsync(new MqttClientOptions { ClientId = "c", MaxPacketSize = 100 });
        MqttTopicFilter[] filters = [.. Enumerable.Range(0, 50).Select(index => new MqttTopicFilter($"sensor/{index:00}"))];
        var subscribing = client.SubscribeAsync(filters, cancellationToken: Ct);
        var asked = new List<MqttTopicFilter>();
        while (asked.Count < filters.Length)
        {
            var subscribe = await peer.GrantAsync();
            Assert.InRange(Wire.Bytes(subscribe.Write).Length, 1, 100);
            asked.AddRange(subscribe.Requests);
        }

        Assert.Equal(filters, asked);
        await subscribing;
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Whatever_overlaps_each_subscription_gets_what_its_filters_match_once_and_in_order()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] levels = ["a", "b", "+", "#"];
        var (client, peer) = await Peer.ConnectAsync();
        var subscriptions = new List<(MqttTopicFilter[] Filters, IMqttSubscription Subscription)>();
        for (var number = 0; number < 8; number++)
        {
            MqttTopicFilter[] filters = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => new MqttTopicFilter(Filter())).Distinct()];
            var subscribing = client.SubscribeAsync(filters, cancellationToken: Ct);
            await peer.GrantAsync();
            subscriptions.Add((filters, await subscribing));
        }

        string[] topics = [.. Enumerable.Range(0, 200).Select(_ => $"{levels[random.Next(2)]}/{levels[random.Next(2)]}")];
        foreach (var topic in topics)
        {
            await peer.PublishAsync(topic, topic);
        }

        await peer.HandledAsync(client);
        foreach (var (filters, subscription) in subscriptions)
        {
            var expected = topics.Where(topic => filters.Any(filter => Matches(filter.Filter, topic)));
            var received = new List<string>();
            while (subscription.TryRead(out var message))
            {
                received.Add(message.Topic);
            }

            Assert.Equal(expected, received);
        }

        await client.DisposeAsync();

        string Filter() => random.Next(3) switch
        {
            0 => "#",
            1 => $"{levels[random.Next(3)]}/#",
            _ => $"{levels[random.Next(3)]}/{levels[random.Next(3)]}",
        };
    }

    private static bool Matches(string filter, string topic)
    {
        var (wanted, levels) = (filter.Split('/'), topic.Split('/'));
        return wanted.Select((level, index) => (level, index)).All(
            item => item.level is "#" || (item.index < levels.Length && (item.level is "+" || item.level == levels[item.index])));
    }

    private static async Task<IMqttSubscription> OneAsync(MqttClient client, Peer peer, string filter)
    {
        var subscribing = client.SubscribeAsync(filter, MqttQoS.AtLeastOnce, Ct);
        await peer.GrantAsync();
        return await subscribing;
    }

    private static async Task<(Sim800.Mqtt.Client.MqttConnection Connection, Peer Peer)> AttachAsync(MqttClient client, bool sessionPresent = false)
    {
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.AcceptAsync(sessionPresent);
        return (await attaching, peer);
    }
}
