using Sim800.Mqtt;
using Sim800.Simulator;

namespace Sim800.Benchmarks.Link;

/// <summary>The rows of the link budget that an LTE module is held to.</summary>
internal static class LteScenarios
{
    private const LinkSecurity Security = LinkSecurity.Tls12;

    /// <summary>The line that the requirements are stated for.</summary>
    internal static LinkConditions Line(VirtualModemModel model) =>
        new(921_600, TimeSpan.FromMilliseconds(80), TimeSpan.FromMilliseconds(5)) { Model = model };

    /// <summary>Every row, in its order.</summary>
    internal static IEnumerable<Func<Task<LinkResult>>> Of(LinkConditions line, int messages, CancellationToken cancellationToken) =>
    [
        () => FirstPubAckAsync(line, resumed: false, cancellationToken),
        () => FirstPubAckAsync(line, resumed: true, cancellationToken),
        () => PublishAsync(line, MqttQoS.AtMostOnce, messages, cancellationToken),
        () => PublishAsync(line, MqttQoS.AtLeastOnce, messages, cancellationToken),
        () => ReceiveAsync(line, 100, messages, cancellationToken),
        () => ReceiveAsync(line, 4096, Math.Max(1, messages / 30), cancellationToken),
    ];

    /// <summary>TCP connected to the PUBACK of a first message.</summary>
    internal static Task<LinkResult> FirstPubAckAsync(LinkConditions line, bool resumed, CancellationToken cancellationToken) =>
        LinkScenarios.FirstPubAckAsync(line, Security, resumed, cancellationToken);

    /// <summary>Messages of 100 bytes, as fast as they go.</summary>
    internal static Task<LinkResult> PublishAsync(LinkConditions line, MqttQoS qos, int messages, CancellationToken cancellationToken) =>
        ThroughputScenarios.SustainedPublishAsync(line, Security, qos, messages, cancellationToken);

    /// <summary>Messages from the broker, as fast as they come.</summary>
    internal static Task<LinkResult> ReceiveAsync(LinkConditions line, int size, int messages, CancellationToken cancellationToken) =>
        ThroughputScenarios.SustainedReceiveAsync(line, Security, size, messages, cancellationToken);
}
