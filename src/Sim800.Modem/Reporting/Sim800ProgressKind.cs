namespace Sim800.Modem;

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
