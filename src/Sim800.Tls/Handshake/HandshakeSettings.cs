using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Certificates;

namespace Sim800.Tls.Handshake;

/// <summary>What a handshake needs to know, whichever engine makes it.</summary>
internal sealed record HandshakeSettings
{
    /// <summary>For the server_name extension; <c>null</c> for an IP address, which has none (RFC 6066 §3).</summary>
    internal string? ServerNameIndication { get; init; }

    internal bool AllowTls13 { get; init; }

    internal IReadOnlyList<string> ApplicationProtocols { get; init; } = [];

    internal TlsPreSharedKey? PreSharedKey { get; init; }

    internal X509Certificate2? ClientCertificate { get; init; }

    internal X509Certificate2Collection ClientIntermediates { get; init; } = [];

    /// <summary>512, 1024, 2048 or 4096 to ask for, or <c>null</c> (RFC 6066 §4).</summary>
    internal int? MaxFragmentLength { get; init; }

    internal bool RequireExtendedMasterSecret { get; init; } = true;

    /// <summary>Whether a ticket is asked for.</summary>
    internal bool WantsTicket { get; init; }

    /// <summary>To be resumed if the server agrees.</summary>
    internal TlsSession? Session { get; init; }

    /// <summary>When a session made by this handshake is born.</summary>
    internal DateTimeOffset Now { get; init; }

    /// <summary>
    /// Called with the server's chain in DER, leaf first, and what the platform has made of it already, if anything; throws when it is not to be
    /// trusted.
    /// </summary>
    internal required Action<IReadOnlyList<byte[]>, PlatformReading?> ValidateChain { get; init; }

    /// <summary>Takes lines in the NSS key log format.</summary>
    internal Action<string>? KeyLog { get; init; }

    /// <param name="options">Validated.</param>
    /// <param name="session">To be resumed, already validated again.</param>
    /// <param name="now">The time to judge certificates by.</param>
    /// <param name="validateChain">What judges the server's chain.</param>
    internal static HandshakeSettings Of(
        TlsClientOptions options, TlsSession? session, DateTimeOffset now, Action<IReadOnlyList<byte[]>, PlatformReading?> validateChain) => new()
        {
            ServerNameIndication = options.ServerNameIndication,
            AllowTls13 = options.Preference == TlsPreference.NewestVersion,
            ApplicationProtocols = options.ApplicationProtocols,
            PreSharedKey = options.PreSharedKey,
            ClientCertificate = options.ClientCertificate?.Certificate,
            ClientIntermediates = options.ClientCertificate?.Intermediates ?? [],
            MaxFragmentLength = options.MaxFragmentLength,
            RequireExtendedMasterSecret = options.RequireExtendedMasterSecret,
            WantsTicket = options.SessionKey is not null,
            Session = session,
            Now = now,
            ValidateChain = validateChain,
            KeyLog = options.KeyLog,
        };
}
