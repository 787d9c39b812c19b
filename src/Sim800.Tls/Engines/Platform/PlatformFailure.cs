using System.Globalization;
using System.Text.RegularExpressions;

namespace Sim800.Tls.Engines.Platform;

/// <summary>SslStream's exceptions as ours.</summary>
internal static partial class PlatformFailure
{
    /// <summary>OpenSSL reports the server's alert n as reason 1000 + n.</summary>
    private const int AlertReason = 1000;

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
        _ => new TlsProtocolException(ViolationOf(exception), TlsAlert.HandshakeFailure, exception),
    };

    private static TlsViolation ViolationOf(Exception exception) => ReasonOf(exception) switch
    {
        281 or 147 => TlsViolation.BadRecordMac,                // decryption failed or bad record mac
        244 => TlsViolation.UnexpectedMessage,                  // unexpected message
        245 => TlsViolation.UnexpectedMessage,                  // unexpected record
        258 or 266 => TlsViolation.UnsupportedVersion,          // unsupported protocol, wrong ssl version
        267 => TlsViolation.NotTls,                             // wrong version number
        110 => TlsViolation.IllegalParameter,                   // bad extension
        123 or 149 => TlsViolation.BadSignature,                // bad signature, digest check failed
        _ => TlsViolation.EngineFailure,
    };

    /// <summary>The reason in the number that OpenSSL puts into its message: <c>error:0A000410:SSL routines</c>.</summary>
    private static int? ReasonOf(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (OpenSslError().Match(e.Message) is { Success: true } match)
            {
                return int.Parse(match.Groups["code"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0xFFF;
            }
        }

        return null;
    }

    [GeneratedRegex("error:(?<code>[0-9A-Fa-f]{8}):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OpenSslError();
}
