using Sim800.Mqtt;

namespace Sim800.Benchmarks.Link;

/// <summary>Every row of the link budget, in its order.</summary>
internal static class LinkScenarioList
{
    internal static IEnumerable<Func<Task<LinkResult>>> Of(LinkConditions line, int messages, CancellationToken ct) =>
    [
        .. Short(line, messages, ct),
        () => ThroughputScenarios.LargePayloadAsync(line, LinkSecurity.Tls12, ct),
    ];

    /// <summary>All but the megabyte, which takes its time even when it is virtual.</summary>
    internal static IEnumerable<Func<Task<LinkResult>>> Short(LinkConditions line, int messages, CancellationToken ct) =>
    [
        .. Handshakes(line, ct),
        () => LinkScenarios.ReconnectAsync(line, LinkSecurity.Tls12, ct),
        () => LinkScenarios.OneMessageAsync(line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, ct),
        () => LinkScenarios.OneMessageAsync(line, LinkSecurity.Tls12, MqttQoS.AtLeastOnce, ct),
        () => LinkScenarios.OneMessageAsync(line, LinkSecurity.Tls12, MqttQoS.ExactlyOnce, ct),
        () => ThroughputScenarios.SustainedPublishAsync(line, LinkSecurity.Plain, MqttQoS.AtMostOnce, messages, ct),
        () => ThroughputScenarios.SustainedPublishAsync(line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, messages, ct),
        () => ThroughputScenarios.SustainedPublishAsync(line, LinkSecurity.Tls12, MqttQoS.AtLeastOnce, messages, ct),
        () => ThroughputScenarios.SustainedPublishAsync(line, LinkSecurity.Tls12, MqttQoS.AtLeastOnce, messages, ct, writesSingly: true),
        () => ThroughputScenarios.TransparentPublishAsync(line, LinkSecurity.Tls12, messages, ct),
        () => ThroughputScenarios.SustainedReceiveAsync(line, LinkSecurity.Tls12, 100, messages, ct),
        () => ThroughputScenarios.SustainedReceiveAsync(line, LinkSecurity.Tls12, 100, messages, ct, writesSingly: true),
        () => ThroughputScenarios.SustainedReceiveAsync(line, LinkSecurity.Tls12, 4096, Math.Max(1, messages / 30), ct),
        () => ThroughputScenarios.BothWaysAsync(line, LinkSecurity.Tls12, messages, ct),
    ];

    private static IEnumerable<Func<Task<LinkResult>>> Handshakes(LinkConditions line, CancellationToken ct)
    {
        foreach (var (security, resumed) in Kinds())
        {
            yield return () => LinkScenarios.ColdAsync(line, security, resumed, ct);
        }

        foreach (var (security, resumed) in Kinds())
        {
            yield return () => LinkScenarios.FirstPubAckAsync(line, security, resumed, ct);
        }
    }

    private static IEnumerable<(LinkSecurity Security, bool Resumed)> Kinds()
    {
        yield return (LinkSecurity.Plain, false);
        yield return (LinkSecurity.Tls12, false);
        yield return (LinkSecurity.Tls12, true);
        yield return (LinkSecurity.Tls13, false);
        yield return (LinkSecurity.Tls13, true);
        yield return (LinkSecurity.EcdhePsk, false);
    }
}
