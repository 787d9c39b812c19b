namespace Sim800.Modem;

/// <summary>Why the SIM card cannot be used.</summary>
public enum SimReason
{
    /// <summary>There is no card.</summary>
    NotInserted,

    /// <summary>The card wants a PIN and none was given.</summary>
    PinRequired,

    /// <summary>The card refused the PIN. It is not entered a second time.</summary>
    PinRefused,

    /// <summary>The card is locked until its PUK is entered.</summary>
    PukRequired,

    /// <summary>The modem is locked to another card, or wants a code that this driver does not enter.</summary>
    OtherCodeRequired,

    /// <summary>The card does not answer.</summary>
    Failure,
}
