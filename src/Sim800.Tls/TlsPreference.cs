namespace Sim800.Tls;

/// <summary>What to prefer where an engine has the choice.</summary>
public enum TlsPreference
{
    /// <summary>TLS 1.2 with resumption by ticket: the least traffic on a metered link.</summary>
    FewestBytes,

    /// <summary>TLS 1.3 where the engine has it, else TLS 1.2.</summary>
    NewestVersion,
}
