using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Sim800.Benchmarks.Link.Psk;

/// <summary>One identity, one suite: ECDHE-PSK with ChaCha20-Poly1305 (RFC 7905).</summary>
internal sealed class EcdhePskServer() : PskTlsServer(new BcTlsCrypto(), new OneIdentity())
{
    internal const string Identity = "gateway-0001";

    internal static byte[] Key { get; } = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    protected override int[] GetSupportedCipherSuites() => [CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256];

    private sealed class OneIdentity : TlsPskIdentityManager
    {
        public byte[] GetHint() => [];

        public byte[]? GetPsk(byte[] identity) => identity.AsSpan().SequenceEqual("gateway-0001"u8) ? (byte[])Key.Clone() : null;
    }
}
