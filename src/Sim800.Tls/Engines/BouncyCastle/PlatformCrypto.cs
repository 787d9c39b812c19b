using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using Sim800.Tls.Handshake;
using Sim800.Tls.Records;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>
/// BouncyCastle's cryptography with that of the platform in the three places that matter: records, key agreement and the
/// server's signature. Its own does the hashes and the key schedule.
/// </summary>
internal sealed class PlatformCrypto(Action<string>? keyLog) : BcTlsCrypto(Random)
{
    /// <summary>The operating system's numbers, in place of BouncyCastle's own generator.</summary>
    private static readonly SecureRandom Random = new(new CryptoApiRandomGenerator());

    private bool _hasHandshakeKeys;

    /// <summary>The one that was made last: the one that the handshake ends with.</summary>
    internal RecordCipher? LastCipher { get; private set; }

    public override TlsCipher CreateCipher(TlsCryptoParameters cryptoParams, int encryptionAlgorithm, int macAlgorithm)
    {
        var algorithm = encryptionAlgorithm switch
        {
            EncryptionAlgorithm.AES_128_GCM => AeadAlgorithm.Aes128Gcm,
            EncryptionAlgorithm.AES_256_GCM => AeadAlgorithm.Aes256Gcm,
            EncryptionAlgorithm.CHACHA20_POLY1305 => AeadAlgorithm.ChaCha20Poly1305,
            _ => throw new TlsFatalAlert(AlertDescription.illegal_parameter),
        };
        return LastCipher = TlsUtilities.IsTlsV13(cryptoParams.SecurityParameters.NegotiatedVersion)
            ? CreateTls13Cipher(cryptoParams.SecurityParameters, algorithm)
            : CreateTls12Cipher(cryptoParams, algorithm);
    }

    public override TlsECDomain CreateECDomain(TlsECConfig ecConfig) => new EcdheDomain(this, ecConfig.NamedGroup);

    public override TlsCertificate CreateCertificate(short type, byte[] encoding) => type == CertificateType.X509
        ? new ServerCertificate(this, encoding)
        : throw new TlsFatalAlert(AlertDescription.unsupported_certificate);

    internal byte[] Copy(TlsSecret secret) => AdoptSecret(secret).Extract();

    private RecordCipher CreateTls12Cipher(TlsCryptoParameters parameters, AeadAlgorithm algorithm)
    {
        var security = parameters.SecurityParameters;
        LogKey(KeyLogLine.MasterSecret, security, security.MasterSecret);
        return RecordCipher.ForTls12(parameters, algorithm);
    }

    /// <summary>TLS 1.3 has a cipher for the rest of the handshake and then one for the data (RFC 8446 §7.1).</summary>
    private RecordCipher CreateTls13Cipher(SecurityParameters security, AeadAlgorithm algorithm)
    {
        LogKey(_hasHandshakeKeys ? "CLIENT_TRAFFIC_SECRET_0" : "CLIENT_HANDSHAKE_TRAFFIC_SECRET", security, security.TrafficSecretClient);
        LogKey(_hasHandshakeKeys ? "SERVER_TRAFFIC_SECRET_0" : "SERVER_HANDSHAKE_TRAFFIC_SECRET", security, security.TrafficSecretServer);
        _hasHandshakeKeys = true;
        var hash = security.PrfCryptoHashAlgorithm == CryptoHashAlgorithm.sha384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        return new RecordCipher(new RecordKeys(
            read: new TrafficSecret(algorithm, hash, Copy(security.TrafficSecretServer)),
            write: new TrafficSecret(algorithm, hash, Copy(security.TrafficSecretClient))));
    }

    private void LogKey(string label, SecurityParameters security, TlsSecret secret)
    {
        if (keyLog is not null)
        {
            keyLog(KeyLogLine.Create(label, security.ClientRandom, Copy(secret)));
        }
    }
}
