namespace Sim800.Modem;

/// <summary>Why the modem is not registered (27.007 §7.2).</summary>
public enum ModemRegistrationReason
{
    /// <summary>Still searching when the time was up.</summary>
    NoNetwork,

    /// <summary>The network denied the registration.</summary>
    Denied,

    /// <summary>The modem does not search.</summary>
    NotSearching,
}
