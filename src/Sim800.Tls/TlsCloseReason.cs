namespace Sim800.Tls;

/// <summary>How a connection came to its end.</summary>
public enum TlsCloseReason
{
    /// <summary>
    /// The transport ended without a close_notify: what was received may have been cut short by anybody on the way.
    /// </summary>
    Truncated,

    /// <summary>The transport ended before the handshake was complete.</summary>
    DuringHandshake,

    /// <summary>The server closed the connection properly; nothing can be sent any more.</summary>
    ByServer,

    /// <summary>The connection was disposed on this side.</summary>
    ByClient,

    /// <summary>The connection failed earlier; <see cref="Exception.InnerException"/> is the reason.</summary>
    Failed,
}
