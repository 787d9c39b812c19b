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
            $"first PUBACK, {LinkNames.Of(security, resumed)}",
            conditions,
            LinkLimit.Conversation(LinkNames.Flights(security, resumed), counts, conditions),
            time,
            counts);
    }

    /// <summary>A registered modem to the PUBACK of a first message: data connection, TCP, and all the handshakes.</summary>
    internal static async Task<LinkResult> ColdAsync(
        LinkConditions conditions, LinkSecurity security, bool resumed, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        if (resumed)
        {
            await (await rig.PublishFirstAsync(await rig.ConnectTcpAsync(cancellationToken), cancellationToken)).DisposeAsync();
            await rig.RestartModemAsync();
        }

        await rig.OpenModemAsync(cancellationToken);
        MqttClient? client = null;
        var (time, counts) = await rig.MeasureAsync(
            async () => client = await rig.PublishFirstAsync(await rig.ConnectTcpAsync(cancellationToken), cancellationToken));
        await client!.DisposeAsync();
        return new LinkResult(
            $"modem ready to first PUBACK, {LinkNames.Of(security, resumed)}",
            conditions,
            LinkLimit.BringUp(LinkNames.Flights(security, resumed), counts, conditions),
            time,
            counts);
    }

    /// <summary>The server hangs up; the client notices, opens a new connection and has a message confirmed on it.</summary>
    internal static async Task<LinkResult> ReconnectAsync(
        LinkConditions conditions, LinkSecurity security, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var earlier = await rig.PublishFirstAsync(await rig.ConnectTcpAsync(cancellationToken), cancellationToken);
        await rig.LoseConnectionAsync(cancellationToken);
        MqttClient? client = null;
        var (time, counts) = await rig.MeasureAsync(
            async () => client = await rig.PublishFirstAsync(await rig.ConnectTcpAsync(cancellationToken), cancellationToken));
        await client!.DisposeAsync();
        return new LinkResult(
            $"reconnect after link loss, {LinkNames.Of(security, security is LinkSecurity.Tls12)}",
            conditions,
            LinkLimit.Reopen(LinkNames.Flights(security, resumed: true), counts, conditions),
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
            ? LinkLimit.OneWay(counts, conditions)
            : LinkLimit.Conversation((int)qos, counts, conditions);
        return new LinkResult($"one message, QoS {(int)qos}, {LinkNames.Of(security)}", conditions, limit, time, counts);
    }

    /// <summary>What an idle client costs in a day: no limit but the PINGREQs themselves.</summary>
    internal static async Task<LinkResult> IdleDayAsync(
        LinkConditions conditions, LinkSecurity security, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var day = TimeSpan.FromDays(1);
        var (time, counts) = await rig.MeasureAsync(() => Task.Delay(day, rig.Clock, cancellationToken));
        return new LinkResult($"idle day, keep-alive 20 min, {LinkNames.Of(security)}", conditions, day, time, counts);
    }
}
