namespace Sim800.Simulator.Machine;

/// <summary>A row of the command table. A form that is not there answers ERROR, except the test form, which answers OK.</summary>
internal sealed record CommandRow(string Name)
{
    internal CommandHandler? Execute { get; init; }

    internal CommandHandler? Read { get; init; }

    internal CommandHandler? Test { get; init; }

    internal CommandHandler? Set { get; init; }

    /// <summary>The command is refused while the card waits for its PIN or is missing, and in CFUN 0 and 4.</summary>
    internal bool NeedsSim { get; init; }

    internal CommandHandler? Of(CommandForm form) => form switch
    {
        CommandForm.Execute => Execute,
        CommandForm.Read => Read,
        CommandForm.Test => Test ?? (static (_, _) => CommandOutcome.Ok),
        _ => Set,
    };
}

/// <summary>Carries out one form of one command.</summary>
internal delegate CommandOutcome CommandHandler(ModemEngine modem, CommandArguments arguments);
