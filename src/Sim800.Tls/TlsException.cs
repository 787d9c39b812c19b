namespace Sim800.Tls;

/// <summary>Base of everything that can go wrong with a TLS connection.</summary>
public abstract class TlsException : IOException
{
    private protected TlsException(string happened, string remedy, Exception? inner = null)
        : base($"{happened} {remedy}", inner) => Remedy = remedy;

    /// <summary>What to do about it: one sentence, also the end of <see cref="Exception.Message"/>.</summary>
    public string Remedy { get; }

    /// <summary>
    /// Whether the same attempt may succeed later with nothing changed by hand. <c>false</c> where somebody has to change
    /// something first: a server without what this client demands, a certificate, a key, an option.
    /// </summary>
    public bool IsTransient { get; private protected init; }

    /// <summary>The alert that ended the connection, or <c>null</c> when none was exchanged.</summary>
    public TlsAlert? Alert { get; private protected init; }

    /// <summary>Who sent <see cref="Alert"/>.</summary>
    public TlsAlertOrigin AlertOrigin { get; private protected init; }
}
