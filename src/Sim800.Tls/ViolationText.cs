namespace Sim800.Tls;

/// <summary>Violations in words, each with a remedy.</summary>
internal static class ViolationText
{
    internal static string Happened(TlsViolation violation) => violation switch
    {
        TlsViolation.NotTls => "The other side does not speak TLS.",
        TlsViolation.RecordTooLong => "The server sent a TLS record longer than allowed.",
        TlsViolation.HandshakeTooLong => "The server's handshake is longer than this client takes: 32 KB a message, 96 KB in all.",
        TlsViolation.TooManyAlerts => "The server floods the connection with warning alerts.",
        TlsViolation.TooManyEmptyRecords => "The server floods the connection with empty records.",
        TlsViolation.TooManyPostHandshakeMessages => "The server floods the connection with handshake messages after the handshake.",
        TlsViolation.UnexpectedMessage => "The server sent a TLS message out of turn.",
        TlsViolation.Malformed => "The server sent a TLS message that cannot be decoded.",
        TlsViolation.IllegalParameter => "The server chose a TLS parameter that was not offered or contradicts another.",
        TlsViolation.BadRecordMac => "A TLS record failed its authentication.",
        TlsViolation.BadSignature => "The server's signature or Finished message does not verify.",
        TlsViolation.UnsupportedVersion => "The server supports no TLS version that was offered.",
        TlsViolation.NoCommonParameters => "The server supports none of the TLS parameters that were offered.",
        TlsViolation.NoExtendedMasterSecret => "The server does not support the extended master secret (RFC 7627).",
        TlsViolation.NoSecureRenegotiation => "The server does not support secure renegotiation (RFC 5746).",
        TlsViolation.NoPreSharedKey => "The server did not take the pre-shared key, so nothing proves who it is.",
        _ => "The TLS engine failed.",
    };

    /// <summary>What the server is not or has not today will be so in a minute; everything else may have been the link.</summary>
    internal static bool IsLack(TlsViolation violation) => violation is
        TlsViolation.NotTls or TlsViolation.UnsupportedVersion or TlsViolation.NoCommonParameters or TlsViolation.NoExtendedMasterSecret
        or TlsViolation.NoSecureRenegotiation or TlsViolation.NoPreSharedKey or TlsViolation.HandshakeTooLong;

    internal static TlsRemedy Remedy(TlsViolation violation) => violation switch
    {
        TlsViolation.NotTls => TlsRemedy.UseTlsPort,
        TlsViolation.NoExtendedMasterSecret => TlsRemedy.UpdateServerOrAcceptRisk,
        TlsViolation.NoSecureRenegotiation or TlsViolation.NoCommonParameters => TlsRemedy.CheckServer,
        TlsViolation.UnsupportedVersion => TlsRemedy.UpdateServer,
        TlsViolation.BadSignature => TlsRemedy.DistrustServer,
        TlsViolation.HandshakeTooLong => TlsRemedy.ShortenServerHandshake,
        TlsViolation.NoPreSharedKey => TlsRemedy.AllowPreSharedKey,
        TlsViolation.EngineFailure => TlsRemedy.TryOtherEngine,
        _ => TlsRemedy.CheckPath,
    };

    /// <summary>What was broken, when an engine only names the alert it sent.</summary>
    internal static TlsViolation OfAlert(TlsAlert alert) => alert switch
    {
        TlsAlert.UnexpectedMessage => TlsViolation.UnexpectedMessage,
        TlsAlert.BadRecordMac => TlsViolation.BadRecordMac,
        TlsAlert.RecordOverflow => TlsViolation.RecordTooLong,
        TlsAlert.DecodeError or TlsAlert.BadCertificate or TlsAlert.UnsupportedCertificate => TlsViolation.Malformed,
        TlsAlert.DecryptError => TlsViolation.BadSignature,
        TlsAlert.ProtocolVersion => TlsViolation.UnsupportedVersion,
        TlsAlert.HandshakeFailure or TlsAlert.InsufficientSecurity => TlsViolation.NoCommonParameters,
        TlsAlert.IllegalParameter or TlsAlert.UnsupportedExtension or TlsAlert.MissingExtension => TlsViolation.IllegalParameter,
        _ => TlsViolation.EngineFailure,
    };
}
