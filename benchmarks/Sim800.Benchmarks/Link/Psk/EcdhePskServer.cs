#if BC1
using Org.BouncyCastle.Crypto.Tls;

namespace Sim800.Benchmarks.Link.Psk;

/// <summary>One identity, one suite: ECDHE-PSK with ChaCha20-Poly1305 (RFC 7905).</summary>
internal sealed class EcdhePskServer() : PskTlsServer(new OneIdentity())
{
    internal const string Identity = "gateway-0001";

    internal static byte[] Key { get; } = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    protected override ProtocolVersion MaximumVersion => ProtocolVersion.TLSv12;

    protected override ProtocolVersion MinimumVersion => ProtocolVersion.TLSv12;

    protected override int[] GetCipherSuites() => [CipherSuite.DRAFT_TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256];

    private sealed class OneIdentity : TlsPskIdentityManager
    {
        public byte[] GetHint() => [];

        public byte[]? GetPsk(byte[] identity) => identity.AsSpan().SequenceEqual("gateway-0001"u8) ? (byte[])Key.Clone() : null;
    }
}
#endif
