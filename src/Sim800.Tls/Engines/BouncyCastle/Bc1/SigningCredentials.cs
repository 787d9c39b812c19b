using System.Collections;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Tls;
using Sim800.Tls.Handshake;
using SignatureScheme = Sim800.Tls.Handshake.SignatureScheme;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>The client certificate for BouncyCastle; the signature is made by the key where it lives.</summary>
internal sealed class SigningCredentials(Certificate certificate, ClientSignature signature) : TlsSignerCredentials
{
    public Certificate Certificate => certificate;

    public SignatureAndHashAlgorithm SignatureAndHashAlgorithm =>
        new((byte)((int)signature.Scheme >> 8), (byte)signature.Scheme);

    /// <returns><c>null</c> when there is no certificate, or the server accepts no signature that its key can make.</returns>
    internal static SigningCredentials? Create(HandshakeSettings settings, IList acceptedAlgorithms)
    {
        if (settings.ClientCertificate is not { } leaf)
        {
            return null;
        }

        var accepted = acceptedAlgorithms.Cast<SignatureAndHashAlgorithm>()
            .Select(algorithm => (SignatureScheme)((algorithm.Hash << 8) | algorithm.Signature));
        if (ClientSignature.Choose(leaf, accepted, isTls13: false) is not { } signature)
        {
            return null;
        }

        byte[][] chain = [leaf.RawData, .. settings.ClientIntermediates.Select(intermediate => intermediate.RawData)];
        return new SigningCredentials(new Certificate([.. chain.Select(X509CertificateStructure.GetInstance)]), signature);
    }

    public byte[] GenerateCertificateSignature(byte[] hash) => signature.SignHash(hash);
}
