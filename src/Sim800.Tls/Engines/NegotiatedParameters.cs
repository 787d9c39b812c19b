using System.Net.Security;
using System.Security.Authentication;

namespace Sim800.Tls.Engines;

/// <summary>What both sides agreed on.</summary>
internal sealed record NegotiatedParameters
{
    internal required SslProtocols Protocol { get; init; }

    internal required TlsCipherSuite CipherSuite { get; init; }

    internal string? ApplicationProtocol { get; init; }

    internal bool IsResumed { get; init; }

    /// <summary>RFC 7627, or its equivalent in TLS 1.3.</summary>
    internal bool ExtendedMasterSecret { get; init; }

    internal int? MaxFragmentLength { get; init; }

    /// <summary>The server's chain in DER, leaf first; empty with a pre-shared key.</summary>
    internal IReadOnlyList<byte[]> ServerCertificates { get; init; } = [];
}
