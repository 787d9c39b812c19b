using Sim800.Wording;

namespace Sim800.Tls;

/// <summary>Base of everything that can go wrong with a TLS connection.</summary>
public abstract class TlsException : IOException
{
    private protected TlsException(string happened, TlsRemedy remedy, Exception? inner = null)
        : base($"{VisibleText.Of(happened)} {TlsRemedyText.Of(remedy)}", inner) => (Happened, Remedy) = (VisibleText.Of(happened), remedy);

    /// <summary>What happened, without the remedy: one sentence, the beginning of <see cref="Exception.Message"/>.</summary>
    public string Happened { get; }

    /// <summary>What to do about it.</summary>
    public TlsRemedy Remedy { get; }

    /// <summary>What to do about it in the terms of this library: one sentence, the end of <see cref="Exception.Message"/>.</summary>
    public string RemedyText => TlsRemedyText.Of(Remedy);

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
