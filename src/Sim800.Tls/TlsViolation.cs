namespace Sim800.Tls;

/// <summary>What the server did that TLS, or a limit of this client, forbids.</summary>
public enum TlsViolation
{
    /// <summary>The bytes are not TLS records at all.</summary>
    NotTls,

    /// <summary>A record is longer than TLS or the negotiated maximum fragment length allows.</summary>
    RecordTooLong,

    /// <summary>A handshake message, or all of them together, exceed what a client must be ready to take.</summary>
    HandshakeTooLong,

    /// <summary>More warning alerts than a working server sends.</summary>
    TooManyAlerts,

    /// <summary>More empty records than a working server sends.</summary>
    TooManyEmptyRecords,

    /// <summary>More messages after the handshake (tickets, key updates, renegotiation requests) than a working server sends.</summary>
    TooManyPostHandshakeMessages,

    /// <summary>A message that may not come at this point.</summary>
    UnexpectedMessage,

    /// <summary>A message or record that cannot be decoded.</summary>
    Malformed,

    /// <summary>A value out of range, not offered, or in contradiction to another.</summary>
    IllegalParameter,

    /// <summary>A record whose authentication failed: changed on the way, or made with another key.</summary>
    BadRecordMac,

    /// <summary>A signature or Finished message that does not verify.</summary>
    BadSignature,

    /// <summary>No version of TLS in common.</summary>
    UnsupportedVersion,

    /// <summary>No parameters in common.</summary>
    NoCommonParameters,

    /// <summary>The server does not protect against the triple handshake attack (RFC 7627).</summary>
    NoExtendedMasterSecret,

    /// <summary>The server does not protect against the renegotiation attack (RFC 5746).</summary>
    NoSecureRenegotiation,

    /// <summary>The TLS engine failed without naming a reason.</summary>
    EngineFailure,

    /// <summary>The server did not take the pre-shared key, so nothing proves who it is.</summary>
    NoPreSharedKey,
}
