using System.Formats.Asn1;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sim800.Tls.Engines.Platform;

/// <summary>SslStream's exceptions as ours.</summary>
internal static partial class PlatformFailure
{
    /// <summary>OpenSSL reports the server's alert n as reason 1000 + n.</summary>
    private const int AlertReason = 1000;

    /// <summary>The number of its TLS part among OpenSSL's libraries.</summary>
    private const int SslLibrary = 20;

    /// <summary>The flag of a reason that is another part's.</summary>
    private const int OtherPart = 0x80000;

    internal static void ThrowIfFaulted(Task task, bool duringHandshake)
    {
        if (task.Exception?.InnerException is { } failure)
        {
            throw ToTlsException(failure, duringHandshake);
        }
    }

    internal static TlsException ToTlsException(Exception exception, bool duringHandshake) => exception switch
    {
        TlsException ours => ours,
        _ when ReasonOf(exception) is >= AlertReason and < AlertReason + 256 and var reason =>
            new TlsAlertException((TlsAlert)(reason - AlertReason), duringHandshake, inner: exception),
        _ when DecodingFailed(exception) => new TlsProtocolException(TlsViolation.Malformed, TlsAlert.DecodeError, exception),
        _ => new TlsProtocolException(ViolationOf(exception), TlsAlert.HandshakeFailure, exception),
    };

    private static TlsViolation ViolationOf(Exception exception) => ReasonOf(exception) switch
    {
        281 or 147 => TlsViolation.BadRecordMac,              // decryption failed or bad record mac
        244 or 245 or 443 => TlsViolation.UnexpectedMessage,  // unexpected message, record; bad record type
        133 or 182 or 260 or 262 => TlsViolation.UnexpectedMessage, // change of cipher early, invalid, unexpected; not on record boundary
        146 or 150 or 198 => TlsViolation.RecordTooLong,      // data, encrypted, packet length too long
        152 => TlsViolation.HandshakeTooLong,                 // excessive message size
        111 or 115 or 135 or 153 or 159 or 160 => TlsViolation.Malformed, // lengths that do not add up
        205 or 213 or 264 or 265 or 271 or 332 => TlsViolation.Malformed, // more of them
        116 or 258 or 266 or 292 => TlsViolation.UnsupportedVersion, // version number, protocol, ssl version, legacy version
        267 => TlsViolation.NotTls,                           // wrong version number
        338 => TlsViolation.NoSecureRenegotiation,            // unsafe legacy renegotiation disabled
        101 or 108 or 306 or 315 or 378 => TlsViolation.IllegalParameter, // key share, point, curve
        110 or 217 or 303 or 999 => TlsViolation.IllegalParameter, // extension, unsolicited extension, session id
        186 or 197 or 215 or 248 or 250 or 261 => TlsViolation.IllegalParameter, // cipher, key exchange
        239 or 247 or 257 or 314 or 341 or 342 or 343 or 370 or 383 => TlsViolation.IllegalParameter, // key, certificate, compression, signature type
        123 or 149 => TlsViolation.BadSignature,              // bad signature, digest check failed
        _ => TlsViolation.EngineFailure,
    };

    /// <summary>The reason in the number that OpenSSL puts into its message: <c>error:0A000410:SSL routines</c>.</summary>
    private static int? ReasonOf(Exception exception) => CodeOf(exception) is { } code && LibraryOf(code) == SslLibrary ? code & 0xFFF : null;

    /// <summary>.NET, or another part of OpenSSL, has stumbled over something of the server's: ASN.1, a key, a point.</summary>
    private static bool DecodingFailed(Exception exception) =>
        exception.GetBaseException() is AsnContentException
        || (CodeOf(exception) is { } code && (LibraryOf(code) != SslLibrary || (code & OtherPart) != 0));

    private static int LibraryOf(int code) => (code >> 23) & 0xFF;

    private static int? CodeOf(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (OpenSslError().Match(e.Message) is { Success: true } match)
            {
                return int.Parse(match.Groups["code"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    [GeneratedRegex("error:(?<code>[0-9A-Fa-f]{8}):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OpenSslError();
}
