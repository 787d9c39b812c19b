using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Sim800.Tls.Handshake;
using SignatureScheme = Sim800.Tls.Handshake.SignatureScheme;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>The signature of a ServerKeyExchange, verified by System.Security.Cryptography over the whole of what was signed.</summary>
internal sealed class Tls12SignatureVerifier(byte[] certificate) : TlsVerifier
{
    public TlsStreamVerifier GetStreamVerifier(DigitallySigned digitallySigned) => new Signed(certificate, digitallySigned);

    public bool VerifyRawSignature(DigitallySigned digitallySigned, byte[] hash) =>
        throw new InvalidOperationException("The stream verifier has been given.");

#pragma warning disable CA1001 // a MemoryStream holds nothing but memory
    private sealed class Signed(byte[] certificate, DigitallySigned signed) : TlsStreamVerifier
#pragma warning restore CA1001
    {
        private readonly MemoryStream _data = new();

        public Stream Stream => _data;

        public bool IsVerified() => BouncyCastleFailure.Guard(() =>
        {
            var scheme = (SignatureScheme)((signed.Algorithm.Hash << 8) | (ushort)signed.Algorithm.Signature);
            ServerSignature.Verify(certificate, scheme, _data.ToArray(), signed.Signature);
            return true;
        });
    }
}
