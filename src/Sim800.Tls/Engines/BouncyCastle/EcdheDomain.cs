using Org.BouncyCastle.Tls.Crypto;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>A named group whose arithmetic is that of System.Security.Cryptography.</summary>
internal sealed class EcdheDomain(PlatformCrypto crypto, int group) : TlsECDomain
{
    public TlsAgreement CreateECDH() => crypto.Keep(BouncyCastleFailure.Guard(() => new EcdheAgreement(crypto, group)));
}
