namespace Sim800.Modem;

/// <summary>Why an open connection was lost.</summary>
public enum TcpLinkReason
{
    /// <summary><c>SEND FAIL</c>, or a refused <c>AT+CIPSEND</c>.</summary>
    SendFailed,

    /// <summary>The peer closed while there was still something to send.</summary>
    ClosedByPeer,

    /// <summary><c>+PDP: DEACT</c>: the network took the data connection away.</summary>
    ContextDeactivated,

    /// <summary>The modem restarted, or switched off.</summary>
    ModemRestarted,

    /// <summary>The modem restarted for the third time within ten minutes: its supply breaks down, most likely.</summary>
    ModemKeepsRestarting,

    /// <summary>Bytes were lost on the serial line; the stream is no longer whole.</summary>
    BytesLost,

    /// <summary>The peer has acknowledged nothing for minutes, although the modem calls the connection open.</summary>
    Unacknowledged,

    /// <summary>The modem did not answer.</summary>
    NoAnswer,

    /// <summary>The modem no longer knows the connection.</summary>
    Vanished,

    /// <summary>The reader did not keep up with pushed data.</summary>
    ReaderTooSlow,

    /// <summary>The serial line is dead.</summary>
    LineClosed,

    /// <summary><see cref="ModemTcpConnection.DisposeAsync"/> was called while somebody was still reading or writing.</summary>
    Disposed,
}
