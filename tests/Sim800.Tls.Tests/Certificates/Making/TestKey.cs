using System.Security.Cryptography;

namespace Sim800.Tls.Tests.Certificates.Making;

/// <summary>A key pair with the algorithm it signs with.</summary>
internal sealed class TestKey
{
    private readonly ECDsa? _ecdsa;
    private readonly RSA? _rsa;

    private TestKey(ECDsa ecdsa) => _ecdsa = ecdsa;

    private TestKey(RSA rsa) => _rsa = rsa;

    // Made once: RSA keys take long to find.
    internal static TestKey Root { get; } = P256();

    internal static TestKey Intermediate { get; } = P256();

    internal static TestKey Other { get; } = P256();

    internal static TestKey Server { get; } = P256();

    internal static TestKey Rsa2048 { get; } = Rsa(2048);

    internal AsymmetricAlgorithm Algorithm => (AsymmetricAlgorithm?)_ecdsa ?? _rsa!;

    internal byte[] PublicKeyInfo => _ecdsa?.ExportSubjectPublicKeyInfo() ?? _rsa!.ExportSubjectPublicKeyInfo();

    internal static TestKey P256() => Ec(ECCurve.NamedCurves.nistP256);

    internal static TestKey Ec(ECCurve curve) => new(ECDsa.Create(curve));

    internal static TestKey Rsa(int bits) => new(RSA.Create(bits));

    /// <summary>AlgorithmIdentifier of <see cref="Sign"/> with <paramref name="hash"/>.</summary>
    internal byte[] SignatureAlgorithm(HashAlgorithmName hash)
    {
        var bits = hash.Name switch
        {
            "MD5" => "1.2.840.113549.1.1.4",
            "SHA1" => _rsa is null ? "1.2.840.10045.4.1" : "1.2.840.113549.1.1.5",
            "SHA256" => _rsa is null ? "1.2.840.10045.4.3.2" : "1.2.840.113549.1.1.11",
            "SHA384" => _rsa is null ? "1.2.840.10045.4.3.3" : "1.2.840.113549.1.1.12",
            _ => _rsa is null ? "1.2.840.10045.4.3.4" : "1.2.840.113549.1.1.13",
        };
        return Der.Sequence(writer =>
        {
            writer.WriteObjectIdentifier(bits);
            if (_rsa is not null)
            {
                writer.WriteNull();
            }
        });
    }

    internal byte[] Sign(byte[] data, HashAlgorithmName hash) =>
        _ecdsa?.SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence) ?? _rsa!.SignData(data, hash, RSASignaturePadding.Pkcs1);

    internal byte[] SignPss(byte[] data, HashAlgorithmName hash) => _rsa!.SignData(data, hash, RSASignaturePadding.Pss);
}
