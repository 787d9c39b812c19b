using Microsoft.Extensions.Logging;

namespace Sim800.Tls;

/// <summary>All log messages of this assembly. Ids 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "TLS with {ServerName}: {Protocol} {CipherSuite}, resumed: {IsResumed}, {Received} bytes received")]
    internal static partial void Connected(ILogger logger, string serverName, string protocol, string cipherSuite, bool isResumed, long received);

    [LoggerMessage(2001, LogLevel.Information, "TLS with {ServerName} failed: {Reason}")]
    internal static partial void Failed(ILogger logger, string serverName, string reason);

    [LoggerMessage(2002, LogLevel.Debug, "The last TLS alert could not be sent")]
    internal static partial void AlertNotSent(ILogger logger, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "TLS with {ServerName}: any certificate is accepted, so this connection is not protected against a man in the middle")]
    internal static partial void AnyCertificateAccepted(ILogger logger, string serverName);

    [LoggerMessage(2004, LogLevel.Debug, "The stored TLS session for {ServerName} is not used: {Reason}")]
    internal static partial void SessionNotUsed(ILogger logger, string serverName, string reason);

    [LoggerMessage(2005, LogLevel.Warning, "A file of the TLS session cache cannot be read or written, so handshakes are full ones")]
    internal static partial void SessionFileFailed(ILogger logger, Exception exception);

    // Highest id in use: 2005. The next is 2006.
}
