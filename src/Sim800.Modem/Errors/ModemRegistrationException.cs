namespace Sim800.Modem;

/// <summary>The modem could not register with a mobile network.</summary>
public sealed class ModemRegistrationException : ModemException
{
    private ModemRegistrationException(ModemRegistrationReason reason, string command, string answer, string what, ModemRemedy remedy)
        : base(Sim800Stage.Network, what, remedy)
    {
        Reason = reason;
        Command = command;
        Answer = answer;
        IsTransient = reason != ModemRegistrationReason.Denied;
    }

    /// <summary>Why.</summary>
    public ModemRegistrationReason Reason { get; }

    internal static ModemRegistrationException Of(ModemRegistrationReason reason, string command, string answer, ModemRemedy remedy) => new(
        reason,
        command,
        answer,
        reason switch
        {
            ModemRegistrationReason.Denied => "The mobile network denied the registration.",
            ModemRegistrationReason.NotSearching => "The modem is not registered and does not search for a network.",
            _ => "The modem found no mobile network in time.",
        },
        remedy);
}
