namespace Sim800.Simulator;

/// <summary>What can go wrong. The names on the command line and the field reports are in <see cref="FaultCatalogue"/>.</summary>
public enum FaultKind
{
    /// <summary>RDY, +CFUN: 1, +CPIN: READY inside the next answers.</summary>
    BootUrcsInAnswer,

    /// <summary>*PSUTTZ, DST and +CIEV inside the next answers.</summary>
    NetworkTimeInAnswer,

    /// <summary>+PDP: DEACT as the first line of the answer to AT+CIPSHUT.</summary>
    DeactInShut,

    /// <summary>CONNECT FAIL comes late, inside the answer to another command.</summary>
    LateConnectFail,

    /// <summary>+CIPRXGET: 1 repeated before the answer to a read.</summary>
    RepeatedReceiveNotice,

    /// <summary>A URC between the bytes read and their OK.</summary>
    UrcBeforeReadFinal,

    /// <summary>A URC between payload and confirmation.</summary>
    UrcBeforeConfirmation,

    /// <summary>Echo is on again.</summary>
    EchoBack,

    /// <summary>SEND FAIL, in quick-send mode too.</summary>
    SendFail,

    /// <summary>SEND OK or DATA ACCEPT takes long.</summary>
    SlowSend,

    /// <summary>The server closes every connection.</summary>
    RemoteClose,

    /// <summary>CLOSED instead of the confirmation of a payload.</summary>
    ClosedInSend,

    /// <summary>The operator ends the context at a fixed age.</summary>
    PdpDeact,

    /// <summary>The modem restarts.</summary>
    Reboot,

    /// <summary>AT+CIPMUX has fallen back to 0.</summary>
    MuxLost,

    /// <summary>Bytes on the serial line are altered.</summary>
    Garble,

    /// <summary>Bytes on the serial line are lost.</summary>
    ByteLoss,

    /// <summary>The bytes of a read arrive incomplete.</summary>
    TruncatedRead,

    /// <summary>Connected, and nothing flows.</summary>
    Zombie,

    /// <summary>Connected, and the server never answers.</summary>
    SilentServer,

    /// <summary>+CGATT: 0 although registered.</summary>
    NotAttached,

    /// <summary>AT+CIPSTART has no result, until the modem is reset.</summary>
    ConnectNever,

    /// <summary>AT+CIICR is refused.</summary>
    WrongApn,

    /// <summary>The prompt does not come.</summary>
    PromptLost,

    /// <summary>The supply breaks down in the next transmit burst.</summary>
    BrownOut,

    /// <summary>Under-voltage warnings.</summary>
    UnderVoltage,

    /// <summary>Out of coverage.</summary>
    RegistrationLost,

    /// <summary>The network denies registration.</summary>
    RegistrationDenied,

    /// <summary>The operator refuses GPRS.</summary>
    GprsRefused,

    /// <summary>No SIM card.</summary>
    NoSim,

    /// <summary>The SIM card is busy.</summary>
    SimBusy,

    /// <summary>The modem does not answer at all.</summary>
    Hang,

    /// <summary>Answers take long.</summary>
    SlowAnswers,

    /// <summary>+CIPRXGET: 1 is not sent.</summary>
    MissingReceiveNotice,

    /// <summary>DATA ACCEPT tells less than was offered.</summary>
    ShortAccept,

    /// <summary>The modem switches itself off.</summary>
    PowerDown,

    /// <summary>A short message arrives.</summary>
    IncomingMessage,

    /// <summary>Somebody calls.</summary>
    IncomingCall,

    /// <summary>Network time is not to be had.</summary>
    TimeServerFails,

    /// <summary>Only what the host sends comes back.</summary>
    EchoOnly,

    /// <summary>A command is answered with a plain ERROR.</summary>
    AnswerError,

    /// <summary>A command is not answered.</summary>
    NoAnswer,

    /// <summary>A command makes the modem restart.</summary>
    RestartAt,

    /// <summary>One byte of the modem is lost.</summary>
    ModemByteLost,

    /// <summary>One byte of the host is lost.</summary>
    HostByteLost,

    /// <summary>No network is heard.</summary>
    NoNetwork,

    /// <summary>The serial device disappears and comes back.</summary>
    DeviceGone,

    /// <summary>Call Ready and SMS Ready without a restart.</summary>
    LateReady,

    /// <summary>AT+CPIN? has an answer and no result.</summary>
    PinWithoutResult,

    /// <summary>AT+CSTT is refused, and the modem restarts.</summary>
    RestartAfterCstt,

    /// <summary>AT+CIPSEND takes no more than so many bytes.</summary>
    SendLimit,

    /// <summary>The line of DATA ACCEPT has lost a character.</summary>
    AcceptDamaged,

    /// <summary>A short message arrives in the modem's own memory.</summary>
    MessageInPhone,

    /// <summary>Who is called is busy.</summary>
    CallBusy,

    /// <summary>Who is called does not answer.</summary>
    CallUnanswered,

    /// <summary>A call ends from the other side.</summary>
    CallDropped,

    /// <summary>The result of AT+NETOPEN and AT+CIPOPEN comes late.</summary>
    LateResult,

    /// <summary>URCs between the OK of AT+CIPOPEN and its result.</summary>
    UrcsBeforeResult,

    /// <summary>AT+CIPOPEN fails at once.</summary>
    OpenRefused,

    /// <summary>The modem restarts between the OK of AT+CIPOPEN and its result.</summary>
    RebootInOpen,

    /// <summary>AT+NETOPEN fails.</summary>
    NetworkOpenFails,

    /// <summary>The socket service is gone without a word.</summary>
    SilentLoss,

    /// <summary>A read finds nothing where something is.</summary>
    NoData,

    /// <summary>A payload is confirmed with 0 bytes.</summary>
    NothingConfirmed,

    /// <summary>A space behind the prompt.</summary>
    PromptSpace,

    /// <summary>A blank line between the bytes of a read and their OK.</summary>
    BlankBeforeFinal,

    /// <summary>The payload comes back in front of its OK.</summary>
    PayloadEcho,

    /// <summary>Data is announced with another word.</summary>
    OtherNotice,

    /// <summary>+CREG says denied while LTE serves.</summary>
    CircuitsDenied,

    /// <summary>AT+CGAUTH takes the user before the password.</summary>
    UserFirst,

    /// <summary>Short messages and USSD go by the circuit-switched network.</summary>
    CircuitFallback,

    /// <summary>AT+CDNSGIP finds no name.</summary>
    NameLookupFails,

    /// <summary>The network serves emergency calls alone.</summary>
    EmergencyOnly,
}
