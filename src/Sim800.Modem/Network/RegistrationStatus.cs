namespace Sim800.Modem;

/// <summary>Where the modem stands with the network (<c>AT+CREG</c>, 3GPP TS 27.007 §7.2).</summary>
public enum RegistrationStatus
{
    /// <summary>Not registered and not searching.</summary>
    NotSearching = 0,

    /// <summary>Registered with the home network.</summary>
    Home = 1,

    /// <summary>Not registered yet, searching.</summary>
    Searching = 2,

    /// <summary>The network refused the registration.</summary>
    Denied = 3,

    /// <summary>Unknown, as when out of coverage.</summary>
    Unknown = 4,

    /// <summary>Registered with a foreign network.</summary>
    Roaming = 5,
}
