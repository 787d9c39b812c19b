using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Sim800.Tls.Certificates.Files;

/// <summary>Makes a key of the octets of a PKCS #8, PKCS #1 or SEC 1 structure, if it is one that TLS clients here can use.</summary>
internal static class PrivateKeyInfoReader
{
    private static readonly Asn1Tag ParametersTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <exception cref="ArgumentException">It is damaged, or of a kind or curve that is not supported.</exception>
    internal static AsymmetricAlgorithm Read(FileContent content, byte[] octets, string name)
    {
        try
        {
            var isRsa = content == FileContent.RsaKey || (content == FileContent.Pkcs8Key ? CheckPkcs8(octets, name) : CheckSec1(octets, name));
            return isRsa ? ImportRsa(content, octets) : ImportEc(content, octets);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or PlatformNotSupportedException)
        {
            throw new ArgumentException($"The key in '{name}' is damaged: it cannot be decoded.", nameof(octets), e);
        }
    }

    /// <summary>Whether decryption gave the structure that was to be expected.</summary>
    internal static bool LooksLike(FileContent content, byte[] octets)
    {
        try
        {
            var outer = new AsnReader(octets, AsnEncodingRules.BER);
            var key = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var version = key.ReadInteger();
            var next = key.PeekTag();
            return version <= 1 && next.HasSameClassAndValue(content switch
            {
                FileContent.RsaKey => Asn1Tag.Integer,
                FileContent.EcKey => Asn1Tag.PrimitiveOctetString,
                _ => Asn1Tag.Sequence,
            });
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    internal static ArgumentException Unsupported(string name, string what) => new(
        $"The key in '{name}' is {what}, which is not supported; take RSA, P-256, P-384 or P-521, for example by: "
        + "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
        nameof(name));

    /// <returns>Whether it is RSA; otherwise it is on a curve that is supported.</returns>
    private static bool CheckPkcs8(byte[] octets, string name)
    {
        var info = new AsnReader(octets, AsnEncodingRules.BER).ReadSequence();
        info.ReadInteger();
        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        if (oid is Oids.EcPublicKey)
        {
            CheckCurve(algorithm, name);
        }

        return oid is Oids.RsaEncryption || (oid is Oids.EcPublicKey ? false : throw Unsupported(name, $"of the algorithm {NameOf(oid)}"));
    }

    private static bool CheckSec1(byte[] octets, string name)
    {
        var key = new AsnReader(octets, AsnEncodingRules.BER).ReadSequence();
        key.ReadInteger();
        key.ReadOctetString();
        if (!key.HasData || !key.PeekTag().HasSameClassAndValue(ParametersTag))
        {
            throw Unsupported(name, "on a curve that it does not name");
        }

        CheckCurve(key.ReadSequence(ParametersTag), name);
        return false;
    }

    private static void CheckCurve(AsnReader parameters, string name)
    {
        if (!parameters.HasData || !parameters.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
        {
            throw new ArgumentException(
                $"The key in '{name}' describes its curve by numbers; name the curve by: "
                + $"openssl ec -in {FileContentText.Quoted(name)} -param_enc named_curve -out key.pem",
                nameof(name));
        }

        var curve = parameters.ReadObjectIdentifier();
        if (curve is not (Oids.P256 or Oids.P384 or Oids.P521))
        {
            throw Unsupported(name, $"on the curve {NameOf(curve)}");
        }
    }

    private static string NameOf(string oid) => oid switch
    {
        "1.3.101.112" => "Ed25519",
        "1.3.101.113" => "Ed448",
        "1.3.101.110" => "X25519",
        "1.3.101.111" => "X448",
        "1.2.840.10040.4.1" => "DSA",
        Oids.RsaPss => "RSA-PSS alone",
        "1.3.132.0.10" => "secp256k1",
        "1.3.132.0.33" => "secp224r1",
        "1.2.840.10045.3.1.1" => "secp192r1",
        "1.3.36.3.3.2.8.1.1.7" => "brainpoolP256r1",
        "1.3.36.3.3.2.8.1.1.11" => "brainpoolP384r1",
        "1.3.36.3.3.2.8.1.1.13" => "brainpoolP512r1",
        _ => oid,
    };

    private static RSA ImportRsa(FileContent content, byte[] octets)
    {
        var rsa = RSA.Create();
        try
        {
            if (content == FileContent.RsaKey)
            {
                rsa.ImportRSAPrivateKey(octets, out _);
            }
            else
            {
                rsa.ImportPkcs8PrivateKey(octets, out _);
            }

            return rsa;
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    private static ECDsa ImportEc(FileContent content, byte[] octets)
    {
        var ecdsa = ECDsa.Create();
        try
        {
            if (content == FileContent.EcKey)
            {
                ecdsa.ImportECPrivateKey(octets, out _);
            }
            else
            {
                ecdsa.ImportPkcs8PrivateKey(octets, out _);
            }

            return ecdsa;
        }
        catch
        {
            ecdsa.Dispose();
            throw;
        }
    }
}
