namespace Sim800.Tls;

/// <summary>The server ended the connection with a fatal alert (RFC 5246 §7.2.2, RFC 8446 §6.2).</summary>
public sealed class TlsAlertException : TlsException
{
    /// <param name="alert">What the server said.</param>
    /// <param name="duringHandshake">Before the handshake was complete.</param>
    /// <param name="withPreSharedKey">Both sides are to hold the same key, so a record that does not open tells of a wrong one.</param>
    /// <param name="answeredIn">The version before TLS 1.2 that the server's record names, or <c>null</c>.</param>
    /// <param name="inner">What an engine threw.</param>
    internal TlsAlertException(
        TlsAlert alert, bool duringHandshake, bool withPreSharedKey = false, string? answeredIn = null, Exception? inner = null)
        : base(
            $"The server ended the {(duringHandshake ? "TLS handshake" : "TLS connection")} with the alert {AlertText.Name(alert)}{(answeredIn is null ? "" : $", in {answeredIn}")}.",
            AlertText.Remedy(alert, duringHandshake, answeredIn is not null),
            inner)
    {
        Alert = alert;
        AlertOrigin = TlsAlertOrigin.Server;
        IsTransient = !AlertText.IsRefusal(alert) && (!withPreSharedKey || alert is not (TlsAlert.BadRecordMac or TlsAlert.DecryptError));
    }
}
