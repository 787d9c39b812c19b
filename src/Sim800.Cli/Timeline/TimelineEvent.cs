namespace Sim800.Cli.Timeline;

/// <summary>What happened in one lane from one moment to another, in milliseconds since the start. Neither secret nor payload is in it.</summary>
/// <param name="Lane">Where it is drawn.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it was over; the same as <paramref name="Start"/> for a moment.</param>
/// <param name="Direction">Which way it went.</param>
/// <param name="Bytes">How many bytes it was.</param>
/// <param name="Text">What it was.</param>
/// <param name="Wait">Who was waited for meanwhile.</param>
internal readonly record struct TimelineEvent(
    TimelineLane Lane, double Start, double End, TimelineDirection Direction, int Bytes, string Text, TimelineWait Wait = TimelineWait.Nobody);

/// <summary>The swim lanes, from the line upwards.</summary>
internal enum TimelineLane
{
    Line,
    At,
    Tcp,
    Tls,
    Mqtt,
    Stage,
}

/// <summary>Which way bytes went.</summary>
internal enum TimelineDirection
{
    None,
    Sent,
    Received,
}

/// <summary>Who was waited for, in the order in which they hide each other: bytes on the line explain a silence better than the command they belong to.</summary>
internal enum TimelineWait
{
    /// <summary>There was nothing to wait for.</summary>
    Nobody,

    /// <summary>This program computed.</summary>
    Program,

    /// <summary>The server, and the way there and back.</summary>
    Server,

    /// <summary>The operator's network, which lets the modem in.</summary>
    Network,

    /// <summary>The modem, which works at a command.</summary>
    Modem,

    /// <summary>The serial line, which carries bytes.</summary>
    Line,
}
