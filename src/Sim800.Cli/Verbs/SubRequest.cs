using Sim800.Cli.Rendering;
using Sim800.Mqtt;

namespace Sim800.Cli.Verbs;

/// <summary>What <c>sub</c> was asked for.</summary>
internal sealed record SubRequest
{
    public required IReadOnlyList<string> Filters { get; init; }

    public int QoS { get; init; }

    public int? Count { get; init; }

    public TimeSpan? Wait { get; init; }

    public required MessageFormat Format { get; init; }

    /// <summary>Topics that are not printed.</summary>
    public IReadOnlyList<MqttTopicFilter> Unwanted { get; init; } = [];

    /// <summary>Filters that the broker is to forget.</summary>
    public IReadOnlyList<string> Forgotten { get; init; } = [];

    public bool SkipsRetained { get; init; }

    /// <summary>The first message that was not retained is the end.</summary>
    public bool IsRetainedOnly { get; init; }

    /// <summary>The broker is to forget the retained messages that are printed.</summary>
    public bool ClearsRetained { get; init; }

    /// <summary>The grant is the end.</summary>
    public bool EndsWithGrant { get; init; }

    /// <summary>Of a thousand messages so many are printed.</summary>
    public int PrintedPerMille { get; init; } = 1000;

    /// <summary>Messages that fit no filter are printed too.</summary>
    public bool TakesUnmatched { get; init; }

    /// <summary>What the broker sends for the filters, where they do not say so.</summary>
    public IReadOnlyList<string> StandsFor { get; init; } = [];

    /// <summary>The broker keeps the subscriptions when we go.</summary>
    public bool IsPersistent { get; init; }
}
