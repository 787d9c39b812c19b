using System.Formats.Asn1;
using System.Numerics;

namespace Sim800.Tls.Certificates;

/// <summary>Keys that protect and that can be computed with: RSA of 2048 to 8192 bits, P-256, P-384, P-521 (CA/B baseline §6.1.5).</summary>
internal static class PublicKeyRules
{
    private const int ShortestRsa = 2048;
    private const int LongestRsa = 8192;
    private const int LongestExponent = 256;
    private const byte Uncompressed = 4;

    internal static void Check(TbsCertificate certificate)
    {
        try
        {
            var info = new AsnReader(certificate.SubjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
            var algorithm = info.ReadSequence();
            var key = info.ReadBitString(out var unusedBits);
            info.ThrowIfNotEmpty();
            var problem = unusedBits != 0 ? "of broken length" : Judge(algorithm, key);
            algorithm.ThrowIfNotEmpty();
            if (problem is not null)
            {
                throw new TlsCertificateException(
                    TlsCertificateStatus.WeakKey, $"The certificate of '{certificate.SubjectText}' has a key {problem}.");
            }
        }
        catch (AsnContentException e)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.Malformed, $"The certificate of '{certificate.SubjectText}' has a malformed key.", e);
        }
    }

    private static string? Judge(AsnReader algorithm, byte[] key)
    {
        switch (algorithm.ReadObjectIdentifier())
        {
            case Oids.RsaEncryption:
                algorithm.ReadNull();
                return JudgeRsa(key);
            case Oids.EcPublicKey:
                return JudgeCurve(algorithm.ReadObjectIdentifier(), key);
            case var other:
                SignatureRules.SkipParameters(algorithm);
                return $"of the algorithm {other}, which is not supported";
        }
    }

    private static string? JudgeRsa(byte[] key)
    {
        var outer = new AsnReader(key, AsnEncodingRules.DER);
        var sequence = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var modulus = sequence.ReadInteger();
        var exponent = sequence.ReadInteger();
        sequence.ThrowIfNotEmpty();
        var bits = modulus.Sign > 0 ? modulus.GetBitLength() : 0;
        if (bits is < ShortestRsa or > LongestRsa)
        {
            return $"of RSA with {bits} bits";
        }

        return modulus.IsEven || exponent.IsEven || exponent < new BigInteger(3) || exponent.GetBitLength() > LongestExponent
            ? "that no RSA key can be"
            : null;
    }

    private static string? JudgeCurve(string curve, byte[] point)
    {
        var coordinate = curve switch
        {
            Oids.P256 => 32,
            Oids.P384 => 48,
            Oids.P521 => 66,
            _ => 0,
        };
        if (coordinate == 0)
        {
            return $"on the curve {curve}, which is not supported";
        }

        return point.Length == 1 + (2 * coordinate) && point[0] == Uncompressed ? null : "that is no uncompressed point (RFC 5480 §2.2)";
    }
}
