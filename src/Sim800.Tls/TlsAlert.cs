namespace Sim800.Tls;

/// <summary>Why one side ends a TLS connection (RFC 8446 §6, RFC 5246 §7.2).</summary>
public enum TlsAlert
{
    /// <summary>The sender will send no more: the clean end.</summary>
    CloseNotify = 0,

    /// <summary>A message came out of turn.</summary>
    UnexpectedMessage = 10,

    /// <summary>A record could not be authenticated; with a pre-shared key, the sign of a wrong key.</summary>
    BadRecordMac = 20,

    /// <summary>A record was longer than allowed.</summary>
    RecordOverflow = 22,

    /// <summary>No acceptable set of parameters.</summary>
    HandshakeFailure = 40,

    /// <summary>A certificate was corrupt or not signed correctly.</summary>
    BadCertificate = 42,

    /// <summary>A certificate of an unsupported type, or for another purpose.</summary>
    UnsupportedCertificate = 43,

    /// <summary>A certificate was revoked by its signer.</summary>
    CertificateRevoked = 44,

    /// <summary>A certificate has expired or is not valid yet.</summary>
    CertificateExpired = 45,

    /// <summary>A certificate was unacceptable for some other reason.</summary>
    CertificateUnknown = 46,

    /// <summary>A field was out of range or contradicted another.</summary>
    IllegalParameter = 47,

    /// <summary>The chain does not end in a trusted authority.</summary>
    UnknownCa = 48,

    /// <summary>The certificate or key is valid and yet not admitted.</summary>
    AccessDenied = 49,

    /// <summary>A message could not be decoded.</summary>
    DecodeError = 50,

    /// <summary>A signature or Finished did not verify.</summary>
    DecryptError = 51,

    /// <summary>The protocol version is not supported.</summary>
    ProtocolVersion = 70,

    /// <summary>The server wants more secure ciphers than were offered.</summary>
    InsufficientSecurity = 71,

    /// <summary>A fault unrelated to the peer.</summary>
    InternalError = 80,

    /// <summary>An attempt to retry with a lower version than necessary (RFC 7507).</summary>
    InappropriateFallback = 86,

    /// <summary>The user gave up.</summary>
    UserCanceled = 90,

    /// <summary>Renegotiation is refused.</summary>
    NoRenegotiation = 100,

    /// <summary>A required extension is missing.</summary>
    MissingExtension = 109,

    /// <summary>An extension that was not offered.</summary>
    UnsupportedExtension = 110,

    /// <summary>The server knows no such name (SNI, RFC 6066 §3).</summary>
    UnrecognizedName = 112,

    /// <summary>An OCSP answer was invalid.</summary>
    BadCertificateStatusResponse = 113,

    /// <summary>The server knows no such pre-shared key.</summary>
    UnknownPskIdentity = 115,

    /// <summary>The server demands a client certificate.</summary>
    CertificateRequired = 116,

    /// <summary>None of the offered protocols (ALPN, RFC 7301).</summary>
    NoApplicationProtocol = 120,
}
