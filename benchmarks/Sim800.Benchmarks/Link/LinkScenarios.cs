using Sim800.Benchmarks.Link.Least;
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
        var measured = await rig.MeasureAsync(async () => client = await rig.PublishFirstAsync(tcp, cancellationToken));
        await client!.DisposeAsync();
        return LinkResult.Of(
            $"first PUBACK, {LinkNames.Of(security, resumed)}",
            conditions,
            traffic => LinkLimit.Conversation(LinkNames.Flights(security, resumed), traffic, conditions),
            LeastTraffic.FirstMessage(security, resumed, rig.Server),
            measured) with
        {
            WhyBytes = LinkReasons.Handshake(security, resumed),
            WhyExchanges = LinkReasons.Radio(conditions) ?? LinkReasons.Digits,
        };
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
        var measured = await rig.MeasureAsync(
            async () => client = await rig.PublishFirstAsync(await rig.ConnectTcpAsync(cancellationToken), cancellationToken));
        await client!.DisposeAsync();
        return LinkResult.Of(
            $"modem ready to first PUBACK, {LinkNames.Of(security, resumed)}",
            conditions,
            traffic => LinkLimit.BringUp(LinkNames.Flights(security, resumed), traffic, conditions),
            LeastTraffic.FirstMessage(security, resumed, rig.Server),
            measured) with
        {
            WhyBytes = LinkReasons.Handshake(security, resumed),
            WhyExchanges = LinkReasons.BringUp,
        };
    }

    /// <summary>The server hangs up; the client notices, opens a new connection and has a message confirmed on it.</summary>
    internal static async Task<LinkResult> ReconnectAsync(
        LinkConditions conditions, LinkSecurity security, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var earlier = await rig.PublishFirstAsync(await rig.ConnectTcpAsync(cancellationToken), cancellationToken);
        await rig.LoseConnectionAsync(cancellationToken);
        MqttClient? client = null;
        var measured = await rig.MeasureAsync(
            async () => client = await rig.PublishFirstAsync(await rig.ConnectTcpAsync(cancellationToken), cancellationToken));
        await client!.DisposeAsync();
        return LinkResult.Of(
            $"reconnect after link loss, {LinkNames.Of(security, security is LinkSecurity.Tls12)}",
            conditions,
            traffic => LinkLimit.Reopen(LinkNames.Flights(security, resumed: true), traffic, conditions),
            LeastTraffic.FirstMessage(security, resumed: true, rig.Server),
            measured) with
        {
            WhyBytes = LinkReasons.Handshake(security, resumed: true),
            WhyExchanges = LinkReasons.Digits,
        };
    }

    /// <summary>One message on an idle link: QoS 0 until the broker has it, else until its delivery is confirmed.</summary>
    internal static async Task<LinkResult> OneMessageAsync(
        LinkConditions conditions, LinkSecurity security, MqttQoS qos, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var arrived = rig.NextArrivalAsync();
        var measured = await rig.MeasureAsync(async () =>
        {
            await client.PublishAsync(Topic, new byte[100], qos, cancellationToken: cancellationToken);
            await (qos == MqttQoS.AtMostOnce ? arrived : Task.CompletedTask);
        });
        return LinkResult.Of(
            $"one message, QoS {(int)qos}, {LinkNames.Of(security)}",
            conditions,
            traffic => qos == MqttQoS.AtMostOnce ? LinkLimit.OneWay(traffic, conditions) : LinkLimit.Conversation((int)qos, traffic, conditions),
            LeastTraffic.OneMessage(security, (int)qos),
            measured) with
        {
            WhyExchanges = LinkReasons.Digits,
        };
    }

    /// <summary>What an idle client costs in a day. Its time is the day itself, so exchanges are what is counted.</summary>
    internal static async Task<LinkIdleDay> IdleDayAsync(
        LinkConditions conditions, LinkSecurity security, CancellationToken cancellationToken)
    {
        await using var rig = new LinkRig(conditions, security);
        await using var client = await rig.ConnectAsync(cancellationToken);
        var (_, counts) = await rig.MeasureAsync(() => Task.Delay(LinkIdleDay.Length, rig.Clock, cancellationToken));
        return new LinkIdleDay(security, rig.MqttOptions.KeepAlive, counts);
    }
}
