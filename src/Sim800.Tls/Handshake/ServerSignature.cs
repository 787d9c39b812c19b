using System.Formats.Asn1;
using System.Security.Cryptography;
using Sim800.Tls.Certificates;

namespace Sim800.Tls.Handshake;

/// <summary>The server's proof that it holds the key of its certificate; verified by System.Security.Cryptography.</summary>
internal static class ServerSignature
{
    /// <param name="certificate">The server's own certificate in DER.</param>
    /// <param name="scheme">The algorithm the server names.</param>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <exception cref="TlsProtocolException">It does not verify, or the key is not of the kind that the algorithm needs.</exception>
    internal static void Verify(byte[] certificate, SignatureScheme scheme, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!SignatureSchemes.Offered.Contains(scheme))
        {
            throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter);
        }

        if (!IsValid(certificate, scheme, data, signature))
        {
            throw new TlsProtocolException(TlsViolation.BadSignature, TlsAlert.DecryptError);
        }
    }

    private static bool IsValid(byte[] der, SignatureScheme scheme, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            // The key alone: decoding the whole certificate costs OpenSSL more than the signature.
            var key = TbsCertificateReader.ReadPublicKey(der).Span;
            var hash = SignatureSchemes.HashOf(scheme);
            if (SignatureSchemes.IsEcdsa(scheme))
            {
                using var ecdsa = ECDsa.Create();
                ecdsa.ImportSubjectPublicKeyInfo(key, out _);
                return ecdsa.VerifyData(data, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
            }

            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(key, out _);
            return rsa.VerifyData(data, signature, hash, SignatureSchemes.PaddingOf(scheme));
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return false; // a key or signature that cannot be decoded proves nothing either
        }
    }
}
