using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>One ephemeral Diffie-Hellman for BouncyCastle.</summary>
#pragma warning disable CA1001 // BouncyCastle never disposes an agreement; this one lets go of its key when the secret is made
internal sealed class EcdheAgreement(BcTlsCrypto crypto, int group) : TlsAgreement
#pragma warning restore CA1001
{
    private readonly EcdheKeyAgreement _agreement = new(group);
    private byte[] _serverKey = [];

    public byte[] GenerateEphemeral() => _agreement.ExportPublicKey();

    public void ReceivePeerValue(byte[] peerValue) => _serverKey = peerValue;

    public TlsSecret CalculateSecret() => BouncyCastleFailure.Guard(() =>
    {
        using (_agreement)
        {
            return new BcTlsSecret(crypto, _agreement.Agree(_serverKey));
        }
    });
}
