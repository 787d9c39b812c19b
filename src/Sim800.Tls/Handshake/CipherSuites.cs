using System.Net.Security;
using System.Security.Cryptography;

namespace Sim800.Tls.Handshake;

/// <summary>The cipher suites that are offered: ephemeral or pre-shared keys with authenticated encryption, nothing else.</summary>
internal static class CipherSuites
{
    /// <summary>
    /// ChaCha20-Poly1305 first, as its records are eight bytes shorter than those of AES-GCM in TLS 1.2; ECDSA before RSA, as
    /// such chains are a kilobyte shorter.
    /// </summary>
    private static readonly TlsCipherSuite[] ShortestFirst =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ];

    private static readonly TlsCipherSuite[] Certificate =
    [
        .. ShortestFirst,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    ];

    private static readonly TlsCipherSuite[] EphemeralPreSharedKey =
    [
        TlsCipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256,
    ];

    private static readonly TlsCipherSuite[] PlainPreSharedKey =
    [
        TlsCipherSuite.TLS_PSK_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
    ];

    /// <summary>A pre-shared key belongs to a hash, which is SHA-256 unless the two sides have agreed otherwise (RFC 8446 §4.2.11).</summary>
    private static readonly TlsCipherSuite[] PreSharedKeyTls13 =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
    ];

    private static readonly TlsCipherSuite[] Tls13 =
    [
        .. PreSharedKeyTls13,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
    ];

    /// <summary>What to offer to a server of TLS 1.2, in order of preference.</summary>
    /// <param name="preSharedKey">The key, or <c>null</c> with certificates.</param>
    /// <param name="fewestBytes">
    /// Whether short records matter more than reaching every server. Servers that go by their own order put AES-256-GCM before
    /// ChaCha20-Poly1305 (OpenSSL's default, so mosquitto's), and AES-128-GCM behind it: they must not see the first.
    /// </param>
    internal static int[] ForTls12(TlsPreSharedKey? preSharedKey, bool fewestBytes) => Supported(preSharedKey switch
    {
        null => fewestBytes && ChaCha20Poly1305.IsSupported ? ShortestFirst : Certificate,
        { AllowWithoutForwardSecrecy: true } => [.. EphemeralPreSharedKey, .. PlainPreSharedKey],
        _ => EphemeralPreSharedKey,
    });

    /// <summary>What to offer to a server of TLS 1.3, in order of preference.</summary>
    internal static int[] ForTls13(TlsPreSharedKey? preSharedKey) => Supported(preSharedKey is null ? Tls13 : PreSharedKeyTls13);

    /// <summary>Judges what an engine without a list of ours has agreed on.</summary>
    internal static bool IsAcceptable(TlsCipherSuite suite) => Certificate.Contains(suite) || Tls13.Contains(suite);

    private static int[] Supported(TlsCipherSuite[] suites) =>
        [.. suites.Where(IsSupported).Select(suite => (int)suite)];

    private static bool IsSupported(TlsCipherSuite suite) =>
        ChaCha20Poly1305.IsSupported || !suite.ToString().Contains("CHACHA20", StringComparison.Ordinal);
}
