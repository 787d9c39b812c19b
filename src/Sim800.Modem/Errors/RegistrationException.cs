namespace Sim800.Modem;

/// <summary>The modem could not register with a mobile network.</summary>
public sealed class RegistrationException : ModemException
{
    private RegistrationException(RegistrationReason reason, string answer, string what, string remedy)
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
            "Check with the operator that the SIM card is active, has credit and may roam here."),
        RegistrationReason.NotSearching => new(
            reason,
            answer,
            "The modem is not registered and does not search for a network.",
            "Check the antenna and its plug, and that the radio is on (AT+CFUN=1)."),
        _ => new(
            reason,
            answer,
            "The modem found no mobile network in time.",
            "Check the antenna and its plug, and that a 2G network still exists here."),
    };
}
