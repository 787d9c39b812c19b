namespace Sim800.Modem.At;

/// <summary>What an unsolicited result code means to the driver.</summary>
internal enum UrcKind
{
    /// <summary>No row of the table: noise, or a line that only a user's own command understands.</summary>
    Unknown,

    /// <summary><c>RDY</c>, <c>+CFUN: 1</c>, <c>Call Ready</c>, <c>SMS Ready</c>, the power-on bytes: the modem has started.</summary>
    Started,

    /// <summary><c>NORMAL POWER DOWN</c> and its like: the modem switches off.</summary>
    PowerDown,

    /// <summary>The supply is at the limit: <c>UNDER-VOLTAGE WARNNING</c>, <c>OVER-VOLTAGE WARNNING</c>.</summary>
    VoltageWarning,

    /// <summary>The supply is beyond the limit and the modem switches off.</summary>
    VoltagePowerDown,

    /// <summary><c>+CMTE</c>: the temperature is at or beyond its limit.</summary>
    Temperature,

    /// <summary><c>+CPIN: ...</c></summary>
    SimState,

    /// <summary><c>+CREG: ...</c>, <c>+CGREG: ...</c></summary>
    Registration,

    /// <summary><c>+PDP: DEACT</c>: every link is dead until <c>CIPSHUT</c>.</summary>
    PdpDeactivated,

    /// <summary><c>+SAPBR 1: DEACT</c></summary>
    BearerDeactivated,

    /// <summary><c>+CIPRXGET: 1,n</c>: a link's receive buffer is no longer empty.</summary>
    DataPending,

    /// <summary><c>+RECEIVE,n,length:</c>: pushed data follows.</summary>
    DataPushed,

    /// <summary><c>n, CONNECT OK</c></summary>
    Connected,

    /// <summary><c>n, CONNECT FAIL</c></summary>
    ConnectFailed,

    /// <summary><c>n, ALREADY CONNECT</c></summary>
    AlreadyConnected,

    /// <summary><c>n, CLOSED</c>: the peer closed.</summary>
    Closed,

    /// <summary><c>n, CLOSE OK</c>: the modem closed.</summary>
    CloseOk,

    /// <summary><c>n, SEND FAIL</c></summary>
    SendFailed,

    /// <summary><c>DATA ACCEPT:n,length</c> or <c>n, SEND OK</c> after its command was given up.</summary>
    DataAccepted,

    /// <summary><c>+CMT</c>, <c>+CDS</c>, <c>+CBM</c>: a message, with its second line.</summary>
    Message,

    /// <summary><c>+CDS</c> in text mode: a status report, all in one line.</summary>
    StatusReport,

    /// <summary><c>+CMTI</c>, <c>+CDSI</c>: a message was stored.</summary>
    MessageStored,

    /// <summary><c>+CUSD: ...</c></summary>
    Ussd,

    /// <summary><c>*PSUTTZ</c>, <c>+CTZV</c>, <c>DST:</c>, <c>*PSNWID</c>, <c>+CIEV</c>: network time and name.</summary>
    NetworkTime,

    /// <summary><c>RING</c>, <c>+CLIP</c>, <c>NO CARRIER</c>, <c>MO RING</c></summary>
    Call,

    /// <summary>Known, and of no use to anyone: <c>STATE: ...</c>, <c>C: ...</c>, <c>+CSQN</c>, <c>+CENG</c>.</summary>
    Other,
}
