using Sim800.Tls.Certificates;

namespace Sim800.Tls;

/// <summary>The server's certificate was refused, so nothing was sent to it.</summary>
public sealed class TlsCertificateException : TlsException
{
    internal TlsCertificateException(TlsCertificateStatus status, string happened, Exception? inner = null)
        : base(happened, CertificateStatusText.RemedyOf(status), inner)
    {
        Status = status;
        Alert = CertificateStatusText.AlertOf(status);
        AlertOrigin = TlsAlertOrigin.Local;
        IsTransient = CertificateStatusText.IsTransient(status);
    }

    /// <summary>Why it was refused.</summary>
    public TlsCertificateStatus Status { get; }
}
