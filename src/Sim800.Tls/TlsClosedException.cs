namespace Sim800.Tls;

/// <summary>The connection is at its end, or ended in a way that does not prove that nothing was cut off.</summary>
public sealed class TlsClosedException : TlsException
{
    internal TlsClosedException(TlsCloseReason reason, Exception? inner = null)
        : base(What(reason), RemedyFor(reason, inner), inner)
    {
        Reason = reason;
        IsTransient = inner is not TlsException { IsTransient: false };
    }

    /// <summary>How the connection came to its end.</summary>
    public TlsCloseReason Reason { get; }

    private static string What(TlsCloseReason reason) => reason switch
    {
        TlsCloseReason.Truncated => "The connection ended without the server's close_notify.",
        TlsCloseReason.DuringHandshake => "The server closed the connection during the TLS handshake.",
        TlsCloseReason.ByServer => "The server has closed the TLS connection.",
        TlsCloseReason.ByClient => "The TLS connection has been closed on this side.",
        _ => "The TLS connection failed earlier.",
    };

    private static TlsRemedy RemedyFor(TlsCloseReason reason, Exception? inner) => reason switch
    {
        TlsCloseReason.Truncated => TlsRemedy.DistrustLastMessage,
        TlsCloseReason.DuringHandshake => TlsRemedy.CheckPortAndName,
        TlsCloseReason.ByClient or TlsCloseReason.ByServer => TlsRemedy.ConnectAgain,
        _ => (inner as TlsException)?.Remedy ?? TlsRemedy.SeeInnerException,
    };
}
