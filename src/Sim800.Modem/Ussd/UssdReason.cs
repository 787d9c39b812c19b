namespace Sim800.Modem;

/// <summary>Why a USSD request failed.</summary>
public enum UssdReason
{
    /// <summary>No reply came in time.</summary>
    TimedOut,

    /// <summary>The network does not support the request.</summary>
    NotSupported,
}
