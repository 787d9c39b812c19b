using System.Security.Cryptography;

namespace Sim800.Tls.Handshake;

/// <summary>Ephemeral Diffie-Hellman on P-256, P-384 or P-521, by System.Security.Cryptography (RFC 8422).</summary>
internal sealed class EcdheKeyAgreement : IDisposable
{
    internal const int Secp256r1 = 23;
    internal const int Secp384r1 = 24;
    internal const int Secp521r1 = 25;

    /// <summary>Of RFC 7748; not made here, as the platform has none.</summary>
    internal const int X25519 = 29;

    /// <summary>An uncompressed point starts so, and no other form is offered.</summary>
    private const byte Uncompressed = 4;

    private readonly ECDiffieHellman _own;
    private readonly ECCurve _curve;
    private readonly int _size;

    /// <exception cref="TlsProtocolException">The group was not offered.</exception>
    internal EcdheKeyAgreement(int group)
    {
        (_curve, _size) = group switch
        {
            Secp256r1 => (ECCurve.NamedCurves.nistP256, 32),
            Secp384r1 => (ECCurve.NamedCurves.nistP384, 48),
            Secp521r1 => (ECCurve.NamedCurves.nistP521, 66),
            _ => throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter),
        };
        _own = ECDiffieHellman.Create(_curve);
    }

    /// <summary>
    /// The groups that are offered, in order of preference: a key of X25519 is half as long. A server's certificate must have its key on one of
    /// the others (RFC 8422 §5.1).
    /// </summary>
    internal static IReadOnlyList<int> Offered { get; } = [X25519, Secp256r1, Secp384r1, Secp521r1];

    /// <summary>Where no certificate comes, the last would be bytes for nothing.</summary>
    internal static IReadOnlyList<int> OfferedWithPreSharedKey { get; } = [X25519, Secp256r1, Secp384r1];

    public void Dispose() => _own.Dispose();

    /// <summary>Our public point, uncompressed.</summary>
    internal byte[] ExportPublicKey()
    {
        var point = _own.ExportParameters(includePrivateParameters: false).Q;
        return [Uncompressed, .. point.X!, .. point.Y!];
    }

    /// <summary>The x-coordinate of the product with the server's point.</summary>
    /// <exception cref="TlsProtocolException">The server's point is not on the curve.</exception>
    internal byte[] Agree(ReadOnlySpan<byte> serverKey)
    {
        if (serverKey.Length != 1 + (2 * _size) || serverKey[0] != Uncompressed)
        {
            throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter);
        }

        var point = new ECPoint { X = serverKey.Slice(1, _size).ToArray(), Y = serverKey[(1 + _size)..].ToArray() };
        try
        {
            using var server = ECDiffieHellman.Create(new ECParameters { Curve = _curve, Q = point });
            return _own.DeriveRawSecretAgreement(server.PublicKey);
        }
        catch (CryptographicException e)
        {
            throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter, e);
        }
    }
}
