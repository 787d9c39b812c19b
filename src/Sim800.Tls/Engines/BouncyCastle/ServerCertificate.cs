using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>A certificate whose key is used by System.Security.Cryptography: BouncyCastle never decodes it.</summary>
internal sealed class ServerCertificate(BcTlsCrypto crypto, byte[] encoding) : BcTlsCertificate(crypto, encoding)
{
    private readonly byte[] _encoding = encoding;

    public override TlsVerifier CreateVerifier(short signatureAlgorithm) => new Tls12SignatureVerifier(_encoding);

    public override Tls13Verifier CreateVerifier(int signatureScheme) => new Tls13SignatureVerifier(_encoding, signatureScheme);
}
