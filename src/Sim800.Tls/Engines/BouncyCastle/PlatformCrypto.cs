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
/// BouncyCastle's cryptography with that of the platform in the three places that matter: records, key agreement (where the platform has the group) and the
/// server's signature. Its own does the hashes and the key schedule. It knows every key and secret of its handshake, and
/// lets go of them with it.
/// </summary>
internal sealed class PlatformCrypto(Action<string>? keyLog, HandshakeLimits limits) : BcTlsCrypto(Random), IDisposable
{
    /// <summary>The operating system's numbers, in place of BouncyCastle's own generator.</summary>
    private static readonly SecureRandom Random = new(new CryptoApiRandomGenerator());

    private readonly List<IDisposable> _kept = [];
    private readonly List<TlsSecret> _secrets = [];
    private RecordCipher? _lastCipher;
    private bool _hasHandshakeKeys;

    public void Dispose()
    {
        _lastCipher?.Keys.Dispose();
        _kept.ForEach(one => one.Dispose());
        _secrets.ForEach(secret => secret.Destroy());
        (_lastCipher, _hasHandshakeKeys) = (null, false);
        _kept.Clear();
        _secrets.Clear();
    }

    public override TlsCipher CreateCipher(TlsCryptoParameters cryptoParams, int encryptionAlgorithm, int macAlgorithm)
    {
        var algorithm = encryptionAlgorithm switch
        {
            EncryptionAlgorithm.AES_128_GCM => AeadAlgorithm.Aes128Gcm,
            EncryptionAlgorithm.AES_256_GCM => AeadAlgorithm.Aes256Gcm,
            EncryptionAlgorithm.CHACHA20_POLY1305 => AeadAlgorithm.ChaCha20Poly1305,
            _ => throw new TlsFatalAlert(AlertDescription.illegal_parameter),
        };
        var keys = TlsUtilities.IsTlsV13(cryptoParams.SecurityParameters.NegotiatedVersion)
            ? CreateTls13Keys(cryptoParams.SecurityParameters, algorithm)
            : CreateTls12Keys(cryptoParams, algorithm);
        if (_lastCipher is not null)
        {
            Keep(_lastCipher.Keys); // our Finished still travels under it
        }

        return _lastCipher = new RecordCipher(keys, limits);
    }

    public override TlsECDomain CreateECDomain(TlsECConfig ecConfig) => new EcdheDomain(this, ecConfig.NamedGroup);

    public override TlsCertificate CreateCertificate(short type, byte[] encoding) => type == CertificateType.X509
        ? new ServerCertificate(encoding)
        : throw new TlsFatalAlert(AlertDescription.unsupported_certificate);

    /// <summary>The base class would seed a generator of its own for each handshake.</summary>
    public override TlsNonceGenerator CreateNonceGenerator(byte[] additionalSeedMaterial) => SystemNonces.Shared;

    /// <inheritdoc cref="CreateNonceGenerator(byte[])"/>
    public override TlsNonceGenerator CreateNonceGenerator(ReadOnlySpan<byte> additionalSeedMaterial) => SystemNonces.Shared;

    /// <summary>Takes the array itself, where the base class would leave it behind with the secret in it; it is zeroed in the end.</summary>
    public override TlsSecret CreateSecret(byte[] data)
    {
        var secret = new BcTlsSecret(this, data);
        _secrets.Add(secret);
        return secret;
    }

    /// <summary>To be disposed with the handshake.</summary>
    internal T Keep<T>(T one)
        where T : IDisposable
    {
        _kept.Add(one);
        return one;
    }

    /// <summary>The keys that the handshake ends with.</summary>
    internal RecordKeys TakeKeys()
    {
        var keys = _lastCipher!.Keys;
        _lastCipher = null;
        return keys;
    }

    internal byte[] Copy(TlsSecret secret) => AdoptSecret(secret).Extract();

    private RecordKeys CreateTls12Keys(TlsCryptoParameters parameters, AeadAlgorithm algorithm)
    {
        var security = parameters.SecurityParameters;
        LogKey(KeyLogLine.MasterSecret, security, security.MasterSecret);
        return RecordCipher.DeriveTls12Keys(parameters, algorithm);
    }

    /// <summary>TLS 1.3 has keys for the rest of the handshake and then others for the data (RFC 8446 §7.1).</summary>
    private RecordKeys CreateTls13Keys(SecurityParameters security, AeadAlgorithm algorithm)
    {
        LogKey(_hasHandshakeKeys ? "CLIENT_TRAFFIC_SECRET_0" : "CLIENT_HANDSHAKE_TRAFFIC_SECRET", security, security.TrafficSecretClient);
        LogKey(_hasHandshakeKeys ? "SERVER_TRAFFIC_SECRET_0" : "SERVER_HANDSHAKE_TRAFFIC_SECRET", security, security.TrafficSecretServer);
        _hasHandshakeKeys = true;

        // BouncyCastle keeps these for a KeyUpdate, which is ours to make.
        _secrets.AddRange([security.TrafficSecretClient, security.TrafficSecretServer]);
        var hash = security.PrfCryptoHashAlgorithm == CryptoHashAlgorithm.sha384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        return new RecordKeys(
            read: new TrafficSecret(algorithm, hash, Copy(security.TrafficSecretServer)),
            write: new TrafficSecret(algorithm, hash, Copy(security.TrafficSecretClient)));
    }

    private void LogKey(string label, SecurityParameters security, TlsSecret secret)
    {
        if (keyLog is not null)
        {
            var copy = Copy(secret);
            keyLog(KeyLogLine.Create(label, security.ClientRandom, copy));
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <summary>Nonces of the operating system.</summary>
    private sealed class SystemNonces : TlsNonceGenerator
    {
        internal static readonly SystemNonces Shared = new();

        public byte[] GenerateNonce(int size) => RandomNumberGenerator.GetBytes(size);
    }
}
