using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>A named group whose arithmetic is that of System.Security.Cryptography.</summary>
internal sealed class EcdheDomain(BcTlsCrypto crypto, int group) : TlsECDomain
{
    public TlsAgreement CreateECDH() => new EcdheAgreement(crypto, group);
}
