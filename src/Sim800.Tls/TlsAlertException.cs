namespace Sim800.Tls;

/// <summary>The server ended the connection with a fatal alert (RFC 5246 §7.2.2, RFC 8446 §6.2).</summary>
public sealed class TlsAlertException : TlsException
{
    internal TlsAlertException(TlsAlert alert, bool duringHandshake, Exception? inner = null)
        : base(
            $"The server ended the {(duringHandshake ? "TLS handshake" : "TLS connection")} with the alert {AlertText.Name(alert)}.",
            AlertText.Remedy(alert, duringHandshake),
            inner)
    {
        Alert = alert;
        AlertOrigin = TlsAlertOrigin.Server;
    }
}
