namespace Sim800.Modem.At;

/// <summary>An unsolicited result code (ITU-T V.250 §5.7.1).</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Link">The link it is about; -1 when it names none.</param>
/// <param name="Text">The whole line, and the second one of a message; <c>null</c> when kind and link say everything.</param>
internal readonly record struct Urc(UrcKind Kind, int Link, string? Text);

/// <summary>What an unsolicited result code means to the driver. Which lines mean it is the matter of the dialect's table.</summary>
internal enum UrcKind
{
    /// <summary>No row of the table: noise, or a line that only a user's own command understands.</summary>
    Unknown,

    /// <summary>The modem has started.</summary>
    Started,

    /// <summary>The modem switches off.</summary>
    PowerDown,

    /// <summary>The supply voltage is at its limit.</summary>
    VoltageWarning,

    /// <summary>The supply voltage is beyond its limit and the modem switches off.</summary>
    VoltagePowerDown,

    /// <summary>The temperature is at or beyond its limit.</summary>
    Temperature,

    /// <summary>The state of the SIM card.</summary>
    SimState,

    /// <summary>The registration with the network.</summary>
    RegistrationChanged,

    /// <summary>The network has deactivated the PDP context: all links are lost.</summary>
    PdpDeactivated,

    /// <summary>The data connection may be lost: the modem is to be asked.</summary>
    ContextDoubtful,

    /// <summary>The bearer of the modem's own applications has gone.</summary>
    BearerDeactivated,

    /// <summary>The link's receive buffer is no longer empty.</summary>
    DataPending,

    /// <summary>Data that was pushed with an impossible count, so that none is expected.</summary>
    DataPushed,

    /// <summary>The link is open.</summary>
    Connected,

    /// <summary>The link could not be opened.</summary>
    ConnectFailed,

    /// <summary>The link could not be opened: no name server knows the host.</summary>
    HostUnknown,

    /// <summary>The link was open before.</summary>
    AlreadyConnected,

    /// <summary>The peer has closed the link.</summary>
    Closed,

    /// <summary>The modem has closed the link.</summary>
    CloseOk,

    /// <summary>The modem could not send on the link.</summary>
    SendFailed,

    /// <summary>The modem has accepted data after the command was given up.</summary>
    DataAccepted,

    /// <summary>A short message, with its second line.</summary>
    Message,

    /// <summary>The status report of a short message, all in one line.</summary>
    StatusReport,

    /// <summary>A short message was stored.</summary>
    MessageStored,

    /// <summary>The network's reply to a USSD request.</summary>
    Ussd,

    /// <summary>The network's time and name.</summary>
    NetworkClock,

    /// <summary>A voice call.</summary>
    Call,

    /// <summary>Known, and of no use to anyone.</summary>
    Other,
}
