using Sim800.Benchmarks.Link.Least;
using Sim800.Modem;
using Sim800.Mqtt;

namespace Sim800.Benchmarks.Link;

/// <summary>The rows of the link budget that move many bytes.</summary>
internal static class ThroughputScenarios
{
    private const string Topic = "t/1";
    private const int Payload = 100;

    /// <summary>As long as <see cref="Topic"/>.</summary>
    private const string Last = "end";


    /// <summary>Messages of 100 bytes, as fast as they go, until the last is at the broker, or is confirmed.</summary>
    internal static async Task<LinkResult> SustainedPublishAsync(
        LinkConditions conditions, LinkSecurity security, MqttQoS qos, int messages, CancellationToken cancellationToken, bool writesSingly = false)
    {
        await using var rig = new LinkRig(conditions, security, writesSingly: writesSingly);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var measured = await rig.MeasureAsync(() => PublishManyAsync(rig, client, qos, messages, cancellationToken));
        var least = LeastTraffic.Out(
            security,
            [(LeastTraffic.Publish(Topic.Length, Payload, (int)qos), messages)],
            acknowledged: qos == MqttQoS.AtMostOnce ? 0 : messages,
            writesSingly);
        return LinkResult.Of(
            $"sustained publish, QoS {(int)qos}, {LinkNames.Of(security)}{LinkNames.Broker(writesSingly)}",
            conditions,
            traffic => qos == MqttQoS.AtMostOnce ? LinkLimit.Stream(traffic, conditions) : LinkLimit.AnsweredStream(traffic, conditions),
            least,
            measured,
            messages) with
        {
            WhyExchanges = LinkReasons.Stream(conditions, qos == MqttQoS.AtMostOnce ? LinkReasons.Polls : LinkReasons.LastAnswer),
        };
    }

    /// <summary>Messages from the broker, as fast as they come.</summary>
    internal static async Task<LinkResult> SustainedReceiveAsync(
        LinkConditions conditions, LinkSecurity security, int size, int messages, CancellationToken cancellationToken, bool writesSingly = false)
    {
        await using var rig = new LinkRig(conditions, security, writesSingly: writesSingly);
        await using var client = await rig.ConnectAsync(cancellationToken);
        await using var subscription = await client.SubscribeAsync(
                [new MqttTopicFilter(Topic, MqttQoS.AtMostOnce)], new MqttSubscribeOptions { Capacity = messages }, cancellationToken);
        var measured = await rig.MeasureAsync(() =>
        {
            for (var sent = 0; sent < messages; sent++)
            {
                rig.Broker.Publish(Topic, new byte[size]);
            }

            return TakeAsync(subscription, messages, cancellationToken);
        });
        return LinkResult.Of(
            $"sustained receive, {size} B, {LinkNames.Of(security)}{LinkNames.Broker(writesSingly)}",
            conditions,
            traffic => LinkLimit.StreamIn(traffic, conditions),
            LeastTraffic.In(security, LeastTraffic.Publish(Topic.Length, size, qos: 0), messages, writesSingly),
            measured,
            messages) with
        {
            WhyExchanges = LinkReasons.Stream(conditions, LinkReasons.Digits),
        };
    }

    /// <summary>One payload of a megabyte at QoS 1.</summary>
    internal static async Task<LinkResult> LargePayloadAsync(
        LinkConditions conditions, LinkSecurity security, CancellationToken cancellationToken)
    {
        const int Megabyte = 1024 * 1024;
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var measured = await rig.MeasureAsync(async () =>
            await client.PublishAsync(Topic, new byte[Megabyte], MqttQoS.AtLeastOnce, cancellationToken: cancellationToken));
        return LinkResult.Of(
            $"1 MB payload, {LinkNames.Of(security)}",
            conditions,
            traffic => LinkLimit.AnsweredStream(traffic, conditions),
            LeastTraffic.Out(security, [(LeastTraffic.Publish(Topic.Length, Megabyte, qos: 1), 1)], acknowledged: 1, writesSingly: false),
            measured) with
        {
            WhyExchanges = LinkReasons.Stream(conditions, LinkReasons.Polls),
        };
    }

    /// <summary>The same on a link in transparent mode, until the broker has the last one.</summary>
    internal static async Task<LinkResult> TransparentPublishAsync(
        LinkConditions conditions, LinkSecurity security, int messages, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security, ModemReceiveMode.Transparent);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var measured = await rig.MeasureAsync(() => PublishManyAsync(rig, client, MqttQoS.AtMostOnce, messages, cancellationToken));
        return LinkResult.Of(
            $"sustained publish, transparent, {LinkNames.Of(security)}",
            conditions,
            traffic => LinkLimit.Transparent(traffic, conditions),
            LeastTraffic.Out(security, [(LeastTraffic.Publish(Topic.Length, Payload, qos: 0), messages)], acknowledged: 0, writesSingly: false),
            measured,
            messages) with
        {
            WhyExchanges = LinkReasons.Stream(conditions, string.Empty) is [_, ..] other ? LinkReasons.Gathering + " " + other : LinkReasons.Gathering,
        };
    }

    /// <summary>Publishing and receiving at once: one serial line and one command at a time carry both.</summary>
    internal static async Task<LinkResult> BothWaysAsync(
        LinkConditions conditions, LinkSecurity security, int messages, CancellationToken cancellationToken)
    {
        const string Down = "down";
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        await using var subscription = await client.SubscribeAsync(
                [new MqttTopicFilter(Down, MqttQoS.AtMostOnce)], new MqttSubscribeOptions { Capacity = messages }, cancellationToken);
        var measured = await rig.MeasureAsync(async () =>
        {
            for (var sent = 0; sent < messages; sent++)
            {
                rig.Broker.Publish(Down, new byte[Payload]);
            }

            await Task.WhenAll(
                PublishManyAsync(rig, client, MqttQoS.AtMostOnce, messages, cancellationToken),
                TakeAsync(subscription, messages, cancellationToken));
        });
        var up = LeastTraffic.Out(security, [(LeastTraffic.Publish(Topic.Length, Payload, qos: 0), messages)], acknowledged: 0, writesSingly: false).Up;
        var down = LeastTraffic.In(security, LeastTraffic.Publish(Down.Length, Payload, qos: 0), messages, writesSingly: false).Down;
        return LinkResult.Of(
            $"both ways, 100 B, {LinkNames.Of(security)}",
            conditions,
            traffic => LinkLimit.BothWays(traffic, conditions),
            new LinkTraffic(up, down),
            measured,
            2 * messages) with
        {
            WhyExchanges = LinkReasons.Stream(conditions, LinkReasons.Polls),
        };
    }

    /// <summary>QoS 0 is at its end when the broker has the last message: what has been given to the line has not left it yet.</summary>
    private static async Task PublishManyAsync(LinkRig rig, MqttClient client, MqttQoS qos, int messages, CancellationToken cancellationToken)
    {
        var payload = new byte[Payload];
        var waiting = new List<Task>();
        for (var sent = 1; sent < messages; sent++)
        {
            var publish = client.PublishAsync(Topic, payload, qos, cancellationToken: cancellationToken);
            if (qos == MqttQoS.AtMostOnce)
            {
                await publish;
            }
            else
            {
                waiting.Add(publish.AsTask());
            }
        }

        var arrived = rig.NextArrivalAsync(Last);
        waiting.Add(client.PublishAsync(Last, payload, qos, cancellationToken: cancellationToken).AsTask());
        waiting.Add(arrived);
        await Task.WhenAll(waiting);
    }

    private static async Task TakeAsync(IMqttSubscription subscription, int messages, CancellationToken cancellationToken)
    {
        var taken = 0;
        await foreach (var message in subscription.WithCancellation(cancellationToken))
        {
            _ = message;
            if (++taken == messages)
            {
                return;
            }
        }
    }
}
