using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Tls.Crypto;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>
/// The key agreement of RFC 7748 §5, which System.Security.Cryptography does not have. BouncyCastle's arithmetic takes as long whatever the
/// key is; the key is from the operating system's generator and is zeroed when the secret is made, or with the handshake.
/// </summary>
internal sealed class X25519KeyAgreement(PlatformCrypto crypto) : TlsAgreement, IDisposable
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(X25519.ScalarSize);
    private byte[] _serverKey = [];
    private bool _isDisposed;

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        _isDisposed = true;
    }

    public byte[] GenerateEphemeral()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this); // zeros are a key too, and everybody's
        var publicKey = new byte[X25519.PointSize];
        X25519.GeneratePublicKey(_key, 0, publicKey, 0);
        return publicKey;
    }

    public void ReceivePeerValue(byte[] peerValue) => _serverKey = peerValue;

    /// <summary>A point of low order makes a secret of zeros, which anybody knows (RFC 8422 §5.11, RFC 8446 §7.4.2).</summary>
    public TlsSecret CalculateSecret() => BouncyCastleFailure.Guard(() =>
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using (this)
        {
            var secret = new byte[X25519.PointSize];
            return _serverKey.Length == X25519.PointSize && X25519.CalculateAgreement(_key, 0, _serverKey, 0, secret, 0)
                ? crypto.CreateSecret(secret)
                : throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter);
        }
    });
}
