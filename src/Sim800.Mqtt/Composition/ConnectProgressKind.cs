namespace Sim800.Mqtt;

/// <summary>What a stage is doing.</summary>
public enum ConnectProgressKind
{
    /// <summary>The stage begins.</summary>
    Started,

    /// <summary>The stage waits for something that <see cref="ConnectProgress.Detail"/> names.</summary>
    Waiting,

    /// <summary>The stage is reached.</summary>
    Completed,

    /// <summary>The stage was not reached; <see cref="ConnectProgress.Detail"/> says why and what to do.</summary>
    Failed,
}
