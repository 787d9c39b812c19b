using Sim800.Cli.Rendering;

namespace Sim800.Cli.Verbs;

/// <summary>What <c>sub</c> was asked for.</summary>
internal sealed record SubRequest
{
    public required IReadOnlyList<string> Filters { get; init; }

    public int QoS { get; init; }

    public int? Count { get; init; }

    public TimeSpan? Wait { get; init; }

    public required MessageFormat Format { get; init; }

    public bool SkipsRetained { get; init; }

    /// <summary>The broker keeps the subscriptions when we go.</summary>
    public bool IsPersistent { get; init; }
}
