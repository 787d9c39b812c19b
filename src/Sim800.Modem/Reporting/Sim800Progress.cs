namespace Sim800.Modem;

/// <summary>One step of the way from the serial device to an MQTT session.</summary>
/// <param name="Stage">The stage that makes progress.</param>
/// <param name="Kind">What it is doing.</param>
/// <param name="Elapsed">Time since the stage began.</param>
/// <param name="Detail">What was found, is waited for or went wrong, such as <c>registered, roaming</c>; <c>null</c> when there is nothing
/// to say.</param>
public readonly record struct Sim800Progress(Sim800Stage Stage, Sim800ProgressKind Kind, TimeSpan Elapsed, string? Detail);

/// <summary>What a stage is doing.</summary>
public enum Sim800ProgressKind
{
    /// <summary>The stage has begun.</summary>
    Started,

    /// <summary>The stage waits for something outside; <see cref="Sim800Progress.Detail"/> says for what.</summary>
    Waiting,

    /// <summary>The stage is reached.</summary>
    Completed,

    /// <summary>The stage was not reached; <see cref="Sim800Progress.Detail"/> says why and what to do. A modem's own bring-up does not
    /// report it: there the exception says it.</summary>
    Failed,
}
