namespace Sim800.Modem;

/// <summary>The modem could not register with a mobile network.</summary>
public sealed class RegistrationException : ModemException
{
    private RegistrationException(RegistrationReason reason, string answer, string what, ModemRemedy remedy)
        : base(Sim800Stage.Network, what, remedy)
    {
        Reason = reason;
        Command = "AT+CREG?";
        Answer = answer;
        IsTransient = reason != RegistrationReason.Denied;
    }

    /// <summary>Why.</summary>
    public RegistrationReason Reason { get; }

    internal static RegistrationException Of(RegistrationReason reason, string answer) => reason switch
    {
        RegistrationReason.Denied => new(
            reason,
            answer,
            "The mobile network denied the registration.",
            ModemRemedy.CheckAccount),
        RegistrationReason.NotSearching => new(
            reason,
            answer,
            "The modem is not registered and does not search for a network.",
            ModemRemedy.CheckAntennaAndRadio),
        _ => new(
            reason,
            answer,
            "The modem found no mobile network in time.",
            ModemRemedy.CheckAntenna),
    };
}
