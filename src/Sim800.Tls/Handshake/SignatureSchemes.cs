using System.Security.Cryptography;

namespace Sim800.Tls.Handshake;

/// <summary>Which signature algorithms there are and what they consist of.</summary>
internal static class SignatureSchemes
{
    /// <summary>
    /// Offered to a server: no SHA-1, and nothing that System.Security.Cryptography does not verify.
    /// Those of authorities count too, as they sign the chain; every one costs two bytes.
    /// </summary>
    internal static IReadOnlyList<SignatureScheme> Offered { get; } =
    [
        SignatureScheme.EcdsaSecp256r1Sha256,
        SignatureScheme.RsaPssRsaeSha256,
        SignatureScheme.RsaPkcs1Sha256,
        SignatureScheme.EcdsaSecp384r1Sha384,
        SignatureScheme.RsaPkcs1Sha384,
        SignatureScheme.RsaPkcs1Sha512,
        SignatureScheme.EcdsaSecp521r1Sha512,
    ];

    internal static bool IsEcdsa(SignatureScheme scheme) => scheme is
        SignatureScheme.EcdsaSecp256r1Sha256 or SignatureScheme.EcdsaSecp384r1Sha384 or SignatureScheme.EcdsaSecp521r1Sha512;

    internal static RSASignaturePadding PaddingOf(SignatureScheme scheme) =>
        scheme is SignatureScheme.RsaPssRsaeSha256 or SignatureScheme.RsaPssRsaeSha384 or SignatureScheme.RsaPssRsaeSha512
            ? RSASignaturePadding.Pss
            : RSASignaturePadding.Pkcs1;

    /// <exception cref="TlsProtocolException">The scheme is none of ours.</exception>
    internal static HashAlgorithmName HashOf(SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.RsaPkcs1Sha256 or SignatureScheme.EcdsaSecp256r1Sha256 or SignatureScheme.RsaPssRsaeSha256 => HashAlgorithmName.SHA256,
        SignatureScheme.RsaPkcs1Sha384 or SignatureScheme.EcdsaSecp384r1Sha384 or SignatureScheme.RsaPssRsaeSha384 => HashAlgorithmName.SHA384,
        SignatureScheme.RsaPkcs1Sha512 or SignatureScheme.EcdsaSecp521r1Sha512 or SignatureScheme.RsaPssRsaeSha512 => HashAlgorithmName.SHA512,
        _ => throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter),
    };
}
