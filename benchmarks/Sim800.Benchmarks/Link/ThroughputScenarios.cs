using Sim800.Modem;
using Sim800.Mqtt;

namespace Sim800.Benchmarks.Link;

/// <summary>The rows of the link budget that move many bytes.</summary>
internal static class ThroughputScenarios
{
    private const string Topic = "t/1";

    /// <summary>Messages of 100 bytes, as fast as they go.</summary>
    internal static async Task<LinkResult> SustainedPublishAsync(
        LinkConditions conditions, LinkSecurity security, MqttQoS qos, int messages, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var (time, counts) = await rig.MeasureAsync(() => PublishManyAsync(client, qos, messages, cancellationToken));
        return new LinkResult(
            $"sustained publish, QoS {(int)qos}, {LinkNames.Of(security)}",
            conditions,
            qos == MqttQoS.AtMostOnce ? LinkLimit.Stream(counts, conditions) : LinkLimit.AnsweredStream(counts, conditions),
            time,
            counts,
            messages);
    }

    /// <summary>Messages from the broker, as fast as they come.</summary>
    internal static async Task<LinkResult> SustainedReceiveAsync(
        LinkConditions conditions, LinkSecurity security, int size, int messages, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        await using var subscription = await client.SubscribeAsync(
                [new MqttTopicFilter(Topic, MqttQoS.AtMostOnce)], new MqttSubscribeOptions { Capacity = messages }, cancellationToken);
        var (time, counts) = await rig.MeasureAsync(() =>
        {
            for (var sent = 0; sent < messages; sent++)
            {
                rig.Broker.Publish(Topic, new byte[size]);
            }

            return TakeAsync(subscription, messages, cancellationToken);
        });
        return new LinkResult(
            $"sustained receive, {size} B, {LinkNames.Of(security)}", conditions, LinkLimit.StreamIn(counts, conditions), time, counts, messages);
    }

    /// <summary>One payload of a megabyte at QoS 1.</summary>
    internal static async Task<LinkResult> LargePayloadAsync(
        LinkConditions conditions, LinkSecurity security, CancellationToken cancellationToken)
    {
        const int Megabyte = 1024 * 1024;
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var (time, counts) = await rig.MeasureAsync(async () =>
            await client.PublishAsync(Topic, new byte[Megabyte], MqttQoS.AtLeastOnce, cancellationToken: cancellationToken));
        return new LinkResult(
            $"1 MB payload, {LinkNames.Of(security)}", conditions, LinkLimit.AnsweredStream(counts, conditions), time, counts);
    }

    /// <summary>The same on a link in transparent mode, until the broker has the last one.</summary>
    internal static async Task<LinkResult> TransparentPublishAsync(
        LinkConditions conditions, LinkSecurity security, int messages, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security, ModemReceiveMode.Transparent);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var (time, counts) = await rig.MeasureAsync(async () =>
        {
            await PublishManyAsync(client, MqttQoS.AtMostOnce, messages - 1, cancellationToken);
            var arrived = rig.NextArrivalAsync("last");
            await client.PublishAsync("last", new byte[100], cancellationToken: cancellationToken);
            await arrived;
        });
        return new LinkResult(
            $"sustained publish, transparent, {LinkNames.Of(security)}", conditions, LinkLimit.Transparent(counts, conditions), time, counts, messages);
    }

    /// <summary>Publishing and receiving at once: one serial line and one command at a time carry both.</summary>
    internal static async Task<LinkResult> BothWaysAsync(
        LinkConditions conditions, LinkSecurity security, int messages, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        await using var subscription = await client.SubscribeAsync(
                [new MqttTopicFilter("down", MqttQoS.AtMostOnce)], new MqttSubscribeOptions { Capacity = messages }, cancellationToken);
        var (time, counts) = await rig.MeasureAsync(async () =>
        {
            for (var sent = 0; sent < messages; sent++)
            {
                rig.Broker.Publish("down", new byte[100]);
            }

            await Task.WhenAll(
                PublishManyAsync(client, MqttQoS.AtMostOnce, messages, cancellationToken),
                TakeAsync(subscription, messages, cancellationToken));
        });
        return new LinkResult(
            $"both ways, 100 B, {LinkNames.Of(security)}", conditions, LinkLimit.BothWays(counts, conditions), time, counts, 2 * messages);
    }

    private static async Task PublishManyAsync(MqttClient client, MqttQoS qos, int messages, CancellationToken cancellationToken)
    {
        var payload = new byte[100];
        var waiting = new List<Task>();
        for (var sent = 0; sent < messages; sent++)
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

        await Task.WhenAll(waiting);
        await client.FlushAsync(cancellationToken);
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
