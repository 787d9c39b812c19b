using Org.BouncyCastle.Tls.Crypto;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>A named group. Its arithmetic is that of System.Security.Cryptography, where that has it.</summary>
internal sealed class EcdheDomain(PlatformCrypto crypto, int group) : TlsECDomain
{
    public TlsAgreement CreateECDH() => group == EcdheKeyAgreement.X25519
        ? crypto.Keep(new X25519KeyAgreement(crypto))
        : crypto.Keep(BouncyCastleFailure.Guard(() => new EcdheAgreement(crypto, group)));
}
