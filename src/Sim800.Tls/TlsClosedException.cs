namespace Sim800.Tls;

/// <summary>The connection is at its end, or ended in a way that does not prove that nothing was cut off.</summary>
public sealed class TlsClosedException : TlsException
{
    internal TlsClosedException(TlsCloseReason reason, Exception? inner = null)
        : base(Happened(reason), Advice(reason), inner)
    {
        Reason = reason;
        IsTransient = inner is not TlsException { IsTransient: false };
    }

    /// <summary>How the connection came to its end.</summary>
    public TlsCloseReason Reason { get; }

    private static string Happened(TlsCloseReason reason) => reason switch
    {
        TlsCloseReason.Truncated => "The connection ended without the server's close_notify.",
        TlsCloseReason.DuringHandshake => "The server closed the connection during the TLS handshake.",
        TlsCloseReason.ByServer => "The server has closed the TLS connection.",
        TlsCloseReason.ByClient => "The TLS connection has been closed on this side.",
        _ => "The TLS connection failed earlier.",
    };

    private static string Advice(TlsCloseReason reason) => reason switch
    {
        TlsCloseReason.Truncated => "Do not trust that the last message is complete, and connect again.",
        TlsCloseReason.DuringHandshake => "Check that the port speaks TLS and that the server name is one the server knows.",
        TlsCloseReason.ByClient => "Open a new connection.",
        TlsCloseReason.ByServer => "Connect again if there is more to send.",
        _ => "See the inner exception, and connect again.",
    };
}
