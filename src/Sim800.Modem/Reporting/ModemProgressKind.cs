namespace Sim800.Modem;

/// <summary>What a stage is doing.</summary>
public enum ModemProgressKind
{
    /// <summary>The stage has begun.</summary>
    Started,

    /// <summary>The stage waits for something outside; the detail says for what.</summary>
    Waiting,

    /// <summary>The stage is done.</summary>
    Completed,
}
