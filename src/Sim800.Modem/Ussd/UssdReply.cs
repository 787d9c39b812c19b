namespace Sim800.Modem;

/// <summary>What the network said to a USSD request.</summary>
/// <param name="Status">What comes next.</param>
/// <param name="Text">The text, lines separated by <c>\n</c>; empty when there was none.</param>
public sealed record UssdReply(UssdStatus Status, string Text);

/// <summary>What comes after a USSD reply (<c>+CUSD</c>, 3GPP TS 27.007 §7.15).</summary>
public enum UssdStatus
{
    /// <summary>The dialogue is over.</summary>
    Completed = 0,

    /// <summary>The network waits for an answer: send it as the next request.</summary>
    ActionRequired = 1,

    /// <summary>The network ended the dialogue.</summary>
    Terminated = 2,

    /// <summary>Another local client has responded.</summary>
    AnsweredElsewhere = 3,

    /// <summary>The network does not support the operation.</summary>
    NotSupported = 4,

    /// <summary>The network did not answer in time.</summary>
    NetworkTimeout = 5,
}
