using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Handshake;

/// <summary>
/// Our proof that we hold the key of the client certificate. Only signing is asked of the key, so it may live in a TPM or
/// a key store that never gives it out.
/// </summary>
internal sealed class ClientSignature(X509Certificate2 certificate, SignatureScheme scheme)
{
    internal SignatureScheme Scheme => scheme;

    /// <summary>The first of the server's algorithms, in our order, that the key can do.</summary>
    /// <returns><c>null</c> when there is none: the certificate is then not sent.</returns>
    internal static ClientSignature? Choose(X509Certificate2 certificate, IEnumerable<SignatureScheme> accepted, bool isTls13)
    {
        var choices = Choices(certificate, isTls13);
        var schemes = accepted.ToHashSet();
        return choices.Where(schemes.Contains).Select(scheme => new ClientSignature(certificate, scheme)).FirstOrDefault();
    }

    internal byte[] SignHash(byte[] hash)
    {
        if (SignatureSchemes.IsEcdsa(scheme))
        {
            using var ecdsa = certificate.GetECDsaPrivateKey()!;
            return ecdsa.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence);
        }

        using var rsa = certificate.GetRSAPrivateKey()!;
        return rsa.SignHash(hash, SignatureSchemes.HashOf(scheme), SignatureSchemes.PaddingOf(scheme));
    }

    private static SignatureScheme[] Choices(X509Certificate2 certificate, bool isTls13)
    {
        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa?.KeySize switch
        {
            256 => [SignatureScheme.EcdsaSecp256r1Sha256],
            384 => [SignatureScheme.EcdsaSecp384r1Sha384],
            521 => [SignatureScheme.EcdsaSecp521r1Sha512],
            null when isTls13 => [SignatureScheme.RsaPssRsaeSha256, SignatureScheme.RsaPssRsaeSha384, SignatureScheme.RsaPssRsaeSha512],
            null => [SignatureScheme.RsaPkcs1Sha256, SignatureScheme.RsaPkcs1Sha384, SignatureScheme.RsaPkcs1Sha512],
            _ => [],
        };
    }
}
