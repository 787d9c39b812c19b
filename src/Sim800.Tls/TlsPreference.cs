namespace Sim800.Tls;

/// <summary>What to prefer where an engine has the choice.</summary>
public enum TlsPreference
{
    /// <summary>
    /// TLS 1.2 with resumption by ticket and the shortest records: the least traffic on a metered link. The BouncyCastle engine then offers no AES-256,
    /// which many servers would choose at eight bytes a record; one that allows nothing else needs <see cref="NewestVersion"/>.
    /// </summary>
    FewestBytes,

    /// <summary>TLS 1.3 where the server has it, else TLS 1.2, with every cipher suite.</summary>
    NewestVersion,
}
