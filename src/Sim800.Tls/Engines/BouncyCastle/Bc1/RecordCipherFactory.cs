using Org.BouncyCastle.Crypto.Tls;
using Sim800.Tls.Records;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>Makes our record protection for the suite that was agreed on, and for no other.</summary>
internal sealed class RecordCipherFactory : AbstractTlsCipherFactory
{
    /// <summary>The one that the handshake ended with.</summary>
    internal RecordCipher? Created { get; private set; }

    public override TlsCipher CreateCipher(TlsContext context, int encryptionAlgorithm, int macAlgorithm) =>
        Created = new RecordCipher(context, encryptionAlgorithm switch
        {
            EncryptionAlgorithm.AES_128_GCM => AeadAlgorithm.Aes128Gcm,
            EncryptionAlgorithm.AES_256_GCM => AeadAlgorithm.Aes256Gcm,
            EncryptionAlgorithm.CHACHA20_POLY1305 => AeadAlgorithm.ChaCha20Poly1305,
            _ => throw new TlsFatalAlert(AlertDescription.illegal_parameter),
        });
}
