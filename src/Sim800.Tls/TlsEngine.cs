namespace Sim800.Tls;

/// <summary>Which implementation of TLS does the work.</summary>
public enum TlsEngine
{
    /// <summary>
    /// BouncyCastle for the handshake and X25519, with all other cryptography in System.Security.Cryptography: fewest bytes, session tickets
    /// that survive a restart, pre-shared keys, small fragments.
    /// </summary>
    BouncyCastle,

    /// <summary>The TLS of the operating system through <see cref="System.Net.Security.SslStream"/>: TLS 1.3, patched with the system.</summary>
    Platform,
}
