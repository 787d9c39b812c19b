using Org.BouncyCastle.Tls.Crypto;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>One ephemeral Diffie-Hellman for BouncyCastle. It lets go of its key when the secret is made, or with the handshake.</summary>
internal sealed class EcdheAgreement(PlatformCrypto crypto, int group) : TlsAgreement, IDisposable
{
    private readonly EcdheKeyAgreement _agreement = new(group);
    private byte[] _serverKey = [];

    public void Dispose() => _agreement.Dispose();

    public byte[] GenerateEphemeral() => _agreement.ExportPublicKey();

    public void ReceivePeerValue(byte[] peerValue) => _serverKey = peerValue;

    public TlsSecret CalculateSecret() => BouncyCastleFailure.Guard(() =>
    {
        using (_agreement)
        {
            return crypto.CreateSecret(_agreement.Agree(_serverKey));
        }
    });
}
