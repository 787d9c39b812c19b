namespace Sim800.Tls;

/// <summary>Why a server's certificate was refused.</summary>
public enum TlsCertificateStatus
{
    /// <summary>The certificate, or one above it, has expired (RFC 5280 §4.1.2.5).</summary>
    Expired,

    /// <summary>The certificate, or one above it, is not valid yet.</summary>
    NotYetValid,

    /// <summary>No source knows the time, so no validity can be judged.</summary>
    ClockUnset,

    /// <summary>The chain does not end in a trusted authority (RFC 5280 §6.1.1 d).</summary>
    UnknownAuthority,

    /// <summary>The issuer of the server's own certificate was neither sent by the server nor is it trusted.</summary>
    IntermediateMissing,

    /// <summary>No subject alternative name is the server's name (RFC 9525 §6).</summary>
    NameMismatch,

    /// <summary>The certificate is for another purpose than a TLS server (RFC 5280 §4.2.1.3 and §4.2.1.12).</summary>
    WrongUsage,

    /// <summary>A certificate in the chain was issued by one that is no authority (RFC 5280 §6.1.4 k, n).</summary>
    NotAnAuthority,

    /// <summary>More authorities below an authority than it permits (RFC 5280 §6.1.4 l, m).</summary>
    PathTooLong,

    /// <summary>A name outside of what an authority above may certify (RFC 5280 §4.2.1.10).</summary>
    NameConstraint,

    /// <summary>The certificate policies an authority demands are not there (RFC 5280 §6.1.5 g).</summary>
    Policy,

    /// <summary>A key too short, too long, or on a curve that is not supported.</summary>
    WeakKey,

    /// <summary>A signature algorithm that no longer protects (MD5, SHA-1), or one that is not supported.</summary>
    WeakSignature,

    /// <summary>A signature is wrong.</summary>
    BadSignature,

    /// <summary>A critical extension that is not understood (RFC 5280 §4.2).</summary>
    UnknownCriticalExtension,

    /// <summary>The key or certificate is none of the pinned ones.</summary>
    PinMismatch,

    /// <summary>The certificate was revoked, or is on a list of distrusted ones.</summary>
    Revoked,

    /// <summary>The certificate breaks RFC 5280's rules of form.</summary>
    Malformed,
}
