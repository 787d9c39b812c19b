using Sim800.Tls.Certificates;
using Sim800.Tls.Engines.BouncyCastle;
using Sim800.Tls.Engines.Platform;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines;

/// <summary>From options to an engine.</summary>
internal static class EngineFactory
{
    /// <param name="options">Validated.</param>
    /// <param name="session">To be resumed, already validated again.</param>
    /// <param name="now">The time to judge certificates by.</param>
    internal static ITlsEngine Create(TlsClientOptions options, TlsSession? session, DateTimeOffset now) =>
        options.Engine == TlsEngine.Platform
            ? new PlatformEngine(
                HandshakeSettings.Of(options, session, now, ChainValidation(options, now)),
                ServerName.Parse(options.ServerName).ToString(),
                CertificatePathBuilder.FirstPolicy(options.Trust, now))
            : new BouncyCastleEngine(HandshakeSettings.Of(options, session, now, ChainValidation(options, now)));

    /// <summary>What judges the server's chain. Only where the user wants it so is that nobody.</summary>
    internal static Action<IReadOnlyList<byte[]>, PlatformReading?> ChainValidation(TlsClientOptions options, DateTimeOffset now)
    {
        if (options.PreSharedKey is not null)
        {
            return (_, _) => throw new TlsProtocolException(TlsViolation.NoPreSharedKey, TlsAlert.HandshakeFailure);
        }

        if (options.DangerousAcceptAnyCertificate)
        {
            return (_, _) => { };
        }

        var validator = new CertificateValidator(options.Trust, now);
        return (chain, platform) => validator.Validate(chain, options.ServerName, platform);
    }
}
