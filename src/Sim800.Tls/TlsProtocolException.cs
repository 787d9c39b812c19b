namespace Sim800.Tls;

/// <summary>The server, or something between, broke the protocol; this side ended the connection.</summary>
public sealed class TlsProtocolException : TlsException
{
    internal TlsProtocolException(TlsViolation violation, TlsAlert alert, Exception? inner = null, string? happened = null)
        : base(happened ?? Describe(violation, inner), ViolationText.Remedy(violation), inner)
    {
        Violation = violation;
        Alert = alert;
        AlertOrigin = TlsAlertOrigin.Local;
        IsTransient = !ViolationText.IsLack(violation);
    }

    /// <summary>What was broken.</summary>
    public TlsViolation Violation { get; }

    /// <summary>Where nothing better is known, the engine's own words.</summary>
    private static string Describe(TlsViolation violation, Exception? inner) => violation == TlsViolation.EngineFailure && inner is not null
        ? $"The TLS engine failed: {WithoutNumbers(inner.GetBaseException().Message).TrimEnd('.')}."
        : ViolationText.Happened(violation);

    /// <summary>OpenSSL's words stand behind numbers: <c>error:0A000157:SSL routines::compression disabled</c>.</summary>
    private static string WithoutNumbers(string message) =>
        message.StartsWith("error:", StringComparison.Ordinal) ? message[(message.LastIndexOf(':') + 1)..] : message;
}
