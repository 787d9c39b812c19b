namespace Sim800.Modem;

/// <summary>Whether a network may be used (3GPP TS 27.007 §7.3).</summary>
public enum OperatorStatus
{
    /// <summary>Unknown.</summary>
    Unknown = 0,

    /// <summary>May be used.</summary>
    Available = 1,

    /// <summary>In use.</summary>
    Current = 2,

    /// <summary>Not for this SIM card.</summary>
    Forbidden = 3,
}
