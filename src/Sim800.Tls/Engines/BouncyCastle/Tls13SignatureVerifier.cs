using Org.BouncyCastle.Tls.Crypto;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>The signature of a CertificateVerify (RFC 8446 §4.4.3), verified by System.Security.Cryptography.</summary>
#pragma warning disable CA1001 // a MemoryStream holds nothing but memory
internal sealed class Tls13SignatureVerifier(byte[] certificate, int scheme) : Tls13Verifier
#pragma warning restore CA1001
{
    private readonly MemoryStream _data = new();

    public Stream Stream => _data;

    public bool VerifySignature(byte[] signature) => BouncyCastleFailure.Guard(() =>
    {
        ServerSignature.Verify(certificate, (SignatureScheme)scheme, _data.ToArray(), signature);
        return true;
    });
}
