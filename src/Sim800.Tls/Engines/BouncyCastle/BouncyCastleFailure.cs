using Org.BouncyCastle.Tls;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>Our exceptions through BouncyCastle, and BouncyCastle's as ours.</summary>
internal static class BouncyCastleFailure
{
    /// <summary>Runs a callback so that BouncyCastle sends the alert that the failure names.</summary>
    internal static void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (TlsException e)
        {
            throw ToFatalAlert(e);
        }
    }

    /// <inheritdoc cref="Guard(Action)"/>
    internal static T Guard<T>(Func<T> function)
    {
        try
        {
            return function();
        }
        catch (TlsException e)
        {
            throw ToFatalAlert(e);
        }
    }

    internal static TlsFatalAlert ToFatalAlert(TlsException failure) =>
        new((short)(failure.Alert ?? TlsAlert.InternalError), failure);

    /// <summary>What to tell the user about an exception that came out of BouncyCastle.</summary>
    /// <param name="exception">Any at all.</param>
    /// <param name="withPreSharedKey">Whether a key was offered in place of certificates.</param>
    /// <param name="answeredIn">The old version that the server's last record names, or <c>null</c>.</param>
    internal static TlsException ToTlsException(Exception exception, bool withPreSharedKey, string? answeredIn) => exception switch
    {
        TlsException ours => ours,
        { InnerException: TlsException cause } => cause,
        TlsFatalAlertReceived received =>
            new TlsAlertException((TlsAlert)received.AlertDescription, duringHandshake: true, withPreSharedKey, answeredIn),
        TlsFatalAlert fatal => FromAlert((TlsAlert)fatal.AlertDescription, fatal),
        EndOfStreamException or ArgumentException or InvalidCastException or IndexOutOfRangeException or FormatException or IOException =>
            new TlsProtocolException(TlsViolation.Malformed, TlsAlert.InternalError, exception),
        _ => new TlsProtocolException(TlsViolation.EngineFailure, TlsAlert.InternalError, exception),
    };

    private static TlsProtocolException FromAlert(TlsAlert alert, TlsFatalAlert fatal)
    {
        // BouncyCastle calls it an error of its own when a message is missing, or another one comes than its state allows.
        var violation = ViolationText.OfAlert(alert);
        return violation != TlsViolation.EngineFailure
            ? new TlsProtocolException(violation, alert, fatal)
            : new TlsProtocolException(fatal.InnerException is null ? TlsViolation.UnexpectedMessage : TlsViolation.Malformed, alert, fatal);
    }
}
