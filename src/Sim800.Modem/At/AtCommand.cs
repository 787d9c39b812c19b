namespace Sim800.Modem.At;

/// <summary>A row of the command table: a command line and everything needed to recognise its answer.</summary>
/// <param name="Text">The command line without its CR.</param>
/// <param name="Timeout">The maximum response time.</param>
internal sealed record AtCommand(string Text, TimeSpan Timeout)
{
    /// <summary>The information text that belongs to this command, if it has any.</summary>
    public IReadOnlyList<AtPattern> Information { get; init; } = [];

    /// <summary>The final results that mean success; <c>OK</c> unless the command has its own.</summary>
    public IReadOnlyList<AtPattern> Success { get; init; } = [FinalOk];

    /// <summary>Final results that mean failure, besides <c>ERROR</c>, <c>+CME ERROR</c> and <c>+CMS ERROR</c>.</summary>
    public IReadOnlyList<AtPattern> Failure { get; init; } = [];

    /// <summary>Unsolicited lines after which no answer will come. They fail the command and are routed as unsolicited too.</summary>
    public IReadOnlyList<AtPattern> Interruption { get; init; } = [];

    /// <summary>
    /// For a command whose answer has two parts: the lines behind its <c>OK</c> that mean success. One that comes before the <c>OK</c>, or before an
    /// <c>ERROR</c>, tells more of that. Empty for any other command.
    /// </summary>
    public IReadOnlyList<AtPattern> Late { get; init; } = [];

    /// <summary>The lines in the place of <see cref="Late"/> that mean failure.</summary>
    public IReadOnlyList<AtPattern> LateFailure { get; init; } = [];

    /// <summary>Unsolicited lines behind the <c>OK</c> after which the second part will not come.</summary>
    public IReadOnlyList<AtPattern> LateInterruption { get; init; } = [];

    /// <summary>How long the second part may take; <see cref="Timeout"/> is the first one's.</summary>
    public TimeSpan LateTimeout { get; init; }

    /// <summary>
    /// An <c>OK</c> before the information text belongs to an earlier command and does not count. A line that came instead of the information
    /// text is an answer all the same, unless the row <see cref="IsFence"/> or <see cref="IsNumeric"/>: the <c>OK</c> behind it ends the command.
    /// </summary>
    public bool RequiresInformation { get; init; }

    /// <summary>What stands before its information text, whatever it is, is the rest of an earlier answer.</summary>
    public bool IsFence { get; init; }

    /// <summary>Its success turns the line into a transparent connection.</summary>
    public bool EntersDataMode { get; init; }

    /// <summary>A probe: no answer is expected, so that none can come late and the line is in order without one.</summary>
    public bool IsProbe { get; init; }

    /// <summary>
    /// Idempotent: sent twice it does what it does once. When its answer was lost it is repeated, once, as soon as the line is in step.
    /// For any other command whoever sent it has to ask first what has become of it.
    /// </summary>
    public bool IsRepeatable { get; init; }

    /// <summary>
    /// For a command that nearly always ends much sooner than <see cref="Timeout"/>: after this silence the modem is called, until it
    /// answers or the time-out has passed. A modem that answers is done, and the final result was lost. <c>null</c> for any other command.
    /// </summary>
    public TimeSpan? CalledAfter { get; init; }

    /// <summary>How long the modem may take for the prompt of a command with payload.</summary>
    public TimeSpan PromptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The information text and the final result consist of numbers, which are read without allocating.</summary>
    public bool IsNumeric { get; init; }

    /// <summary>Traffic of a link, which never has more than a few commands waiting: it is not counted against the limit of waiting commands.</summary>
    public bool IsOfLink { get; init; }

    /// <summary>The command line carries a PIN or a password: only what stands before <c>=</c> may be logged or shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>How long the whole answer may take.</summary>
    internal TimeSpan Longest => Timeout + LateTimeout;

    /// <summary>The command line as it may be logged or shown to the user.</summary>
    public string Shown => IsSecret && Text.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? Text[..(at + 1)] + "..." : Text;

    /// <summary>Whether the information text is the whole answer, so that the final result behind it may be missing.</summary>
    internal bool IsAnsweredBy(IReadOnlyList<string>? information) =>
        IsRepeatable && information is { Count: > 0 } && !Information.Any(pattern => pattern.MatchesAnything);

    /// <summary>Whether a line that no pattern knows may be this command's answer, which then cannot be read.</summary>
    internal bool TakesUnfit => Information.Count > 0 && !IsFence && !IsNumeric;

    internal static AtPattern FinalOk { get; } = "OK";

    /// <summary>Stands for data of a transparent connection, which has the line for itself: how long flow control may hold it back.</summary>
    internal static AtCommand RawData { get; } = new("data", TimeSpan.FromSeconds(60));

    /// <summary>Stands for an escape from data mode that the modem did not confirm.</summary>
    internal static AtCommand Escape { get; } = new("+++", TimeSpan.FromSeconds(3));

    public override string ToString() => Shown;
}
