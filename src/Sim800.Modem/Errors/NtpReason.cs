namespace Sim800.Modem;

/// <summary>Why the modem's clock could not be set by NTP: the codes of <c>+CNTP</c>.</summary>
public enum NtpReason
{
    /// <summary>A code that the manual does not have.</summary>
    Unknown = 0,

    /// <summary>The bearer failed.</summary>
    NetworkError = 61,

    /// <summary>The server's name was not resolved. Frequent, and often gone at the next attempt.</summary>
    NameNotResolved = 62,

    /// <summary>The server was not reached.</summary>
    ConnectionFailed = 63,

    /// <summary>The server answered with an error.</summary>
    ServiceError = 64,

    /// <summary>The server did not answer.</summary>
    TimedOut = 65,
}
