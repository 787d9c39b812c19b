using Sim800.Mqtt;

namespace Sim800.Benchmarks.Link;

/// <summary>The rows of the link budget, each a run of its own.</summary>
internal static class LinkScenarios
{
    private const string Topic = "t/1";

    /// <summary>TCP connected to the PUBACK of a first message: the handshakes and nothing else.</summary>
    internal static async Task<LinkResult> FirstPubAckAsync(
        LinkConditions conditions, LinkSecurity security, bool resumed, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        if (resumed)
        {
            await using var earlier = await rig.PublishFirstAsync(await rig.ConnectTcpAsync(cancellationToken), cancellationToken);
        }

        await using var tcp = await rig.ConnectTcpAsync(cancellationToken);
        MqttClient? client = null;
        var (time, counts) = await rig.MeasureAsync(async () => client = await rig.PublishFirstAsync(tcp, cancellationToken));
        await client!.DisposeAsync();
        return new LinkResult(
            $"first PUBACK, {Name(security, resumed)}",
            conditions,
            LinkLimit.Conversation(Flights(security, resumed), counts, conditions),
            time,
            counts);
    }

    /// <summary>One message on an idle link: QoS 0 until the broker has it, else until its delivery is confirmed.</summary>
    internal static async Task<LinkResult> OneMessageAsync(
        LinkConditions conditions, LinkSecurity security, MqttQoS qos, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var arrived = rig.NextArrivalAsync();
        var (time, counts) = await rig.MeasureAsync(async () =>
        {
            await client.PublishAsync(Topic, new byte[100], qos, cancellationToken: cancellationToken);
            await (qos == MqttQoS.AtMostOnce ? arrived : Task.CompletedTask);
        });
        var limit = qos == MqttQoS.AtMostOnce
            ? CipExchange.SendAll(counts.TcpBytesSent, conditions) + (conditions.RoundTripTime / 2)
            : LinkLimit.Conversation((int)qos, counts, conditions);
        return new LinkResult($"one message, QoS {(int)qos}, {Name(security, false)}", conditions, limit, time, counts);
    }

    /// <summary>Messages of 100 bytes, as fast as they go.</summary>
    internal static async Task<LinkResult> SustainedPublishAsync(
        LinkConditions conditions, LinkSecurity security, MqttQoS qos, int messages, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var (time, counts) = await rig.MeasureAsync(() => PublishManyAsync(client, qos, messages, cancellationToken));
        return new LinkResult(
            $"sustained publish, QoS {(int)qos}, {Name(security, false)}",
            conditions,
            CipExchange.SendAll(counts.TcpBytesSent, conditions),
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
            Topic, new MqttSubscribeOptions { QoS = MqttQoS.AtMostOnce, Capacity = messages }, cancellationToken);
        var (time, counts) = await rig.MeasureAsync(() =>
        {
            for (var sent = 0; sent < messages; sent++)
            {
                rig.Broker.Publish(Topic, new byte[size]);
            }

            return TakeAsync(subscription, messages, cancellationToken);
        });
        var limit = (conditions.RoundTripTime / 2) + CipExchange.Announcement(conditions)
            + CipExchange.ReceiveAll(counts.TcpBytesReceived, conditions);
        return new LinkResult($"sustained receive, {size} B, {Name(security, false)}", conditions, limit, time, counts, messages);
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
        var limit = CipExchange.SendAll(counts.TcpBytesSent, conditions) + conditions.RoundTripTime
            + CipExchange.Announcement(conditions) + CipExchange.ReceiveAll(counts.TcpBytesReceived, conditions);
        return new LinkResult($"1 MB payload, {Name(security, false)}", conditions, limit, time, counts);
    }

    /// <summary>What an idle client costs in a day: no limit but the PINGREQs themselves.</summary>
    internal static async Task<LinkResult> IdleDayAsync(
        LinkConditions conditions, LinkSecurity security, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var day = TimeSpan.FromDays(1);
        var (time, counts) = await rig.MeasureAsync(() => Task.Delay(day, rig.Clock, cancellationToken));
        return new LinkResult($"idle day, keep-alive 20 min, {Name(security, false)}", conditions, day, time, counts);
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

    private static async Task TakeAsync(MqttSubscription subscription, int messages, CancellationToken cancellationToken)
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

    private static int Flights(LinkSecurity security, bool resumed) => (security, resumed) switch
    {
        (LinkSecurity.Plain, _) => 1,
        (LinkSecurity.Tls12, false) => 3,
        _ => 2,
    };

    private static string Name(LinkSecurity security, bool resumed) => security switch
    {
        LinkSecurity.Plain => "plain",
        LinkSecurity.Tls12 => "TLS 1.2",
        _ => "TLS 1.3",
    } + (resumed ? " resumed" : string.Empty);
}
