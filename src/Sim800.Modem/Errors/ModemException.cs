using Sim800.Wording;

namespace Sim800.Modem;

/// <summary>
/// Base of everything that can go wrong between the serial line and a TCP connection. The message says what happened
/// and then what to do about it.
/// </summary>
public abstract class ModemException : IOException
{
    private protected ModemException(Sim800Stage stage, string happened, ModemRemedy remedy, Exception? inner = null)
        : base($"{VisibleText.Of(happened)} {ModemRemedyText.Of(remedy)}", inner)
    {
        Stage = stage;
        Happened = VisibleText.Of(happened);
        Remedy = remedy;
    }

    /// <summary>The rung that failed.</summary>
    public Sim800Stage Stage { get; }

    /// <summary>The command line in flight, without secrets; <c>null</c> when there was none.</summary>
    public string? Command { get; internal init; }

    /// <summary>The modem's own words, such as <c>+CME ERROR: operation not allowed</c>; <c>null</c> when it said nothing.</summary>
    public string? Answer { get; internal init; }

    /// <summary>The state the modem was in, such as <c>IP INITIAL</c>; <c>null</c> when unknown.</summary>
    public string? State { get; internal init; }

    /// <summary>What happened, without the remedy: one sentence, the beginning of <see cref="Exception.Message"/>.</summary>
    public string Happened { get; }

    /// <summary>What to do about it.</summary>
    public ModemRemedy Remedy { get; }

    /// <summary>What to do about it in the terms of this library: one sentence, the end of <see cref="Exception.Message"/>.</summary>
    public string RemedyText => ModemRemedyText.Of(Remedy);

    /// <summary>Whether the same call may succeed later with nothing changed by hand.</summary>
    public bool IsTransient { get; internal init; }
}
