namespace Sim800.Cli.Verbs;

/// <summary>What <c>pub</c> was asked for.</summary>
internal sealed record PubRequest
{
    public required string Topic { get; init; }

    public required PubSource Source { get; init; }

    public string? Message { get; init; }

    public string? File { get; init; }

    public int QoS { get; init; }

    public bool Retain { get; init; }

    public int Repeat { get; init; } = 1;

    public TimeSpan RepeatDelay { get; init; }
}

/// <summary>Where the payload of <c>pub</c> is.</summary>
internal enum PubSource
{
    Message,
    File,
    Lines,
    Whole,
    Empty,
}
