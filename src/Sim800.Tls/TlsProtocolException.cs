namespace Sim800.Tls;

/// <summary>The server, or something between, broke the protocol; this side ended the connection.</summary>
public sealed class TlsProtocolException : TlsException
{
    internal TlsProtocolException(TlsViolation violation, TlsAlert alert, Exception? inner = null)
        : base(ViolationText.Happened(violation), ViolationText.Remedy(violation), inner)
    {
        Violation = violation;
        Alert = alert;
        AlertOrigin = TlsAlertOrigin.Local;
        IsTransient = !ViolationText.IsLack(violation);
    }

    /// <summary>What was broken.</summary>
    public TlsViolation Violation { get; }
}
