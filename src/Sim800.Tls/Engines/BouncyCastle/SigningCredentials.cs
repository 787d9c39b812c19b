using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Sim800.Tls.Handshake;
using SignatureScheme = Sim800.Tls.Handshake.SignatureScheme;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>The client certificate for BouncyCastle; the signature is made by the key where it lives.</summary>
internal sealed class SigningCredentials(Certificate certificate, ClientSignature signature) : TlsCredentialedSigner
{
    public Certificate Certificate => certificate;

    public SignatureAndHashAlgorithm SignatureAndHashAlgorithm =>
        Org.BouncyCastle.Tls.SignatureScheme.GetSignatureAndHashAlgorithm((int)signature.Scheme);

    /// <returns><c>null</c> when there is no certificate, or the server accepts no signature that its key can make.</returns>
    internal static SigningCredentials? Create(HandshakeSettings settings, PlatformCrypto crypto, CertificateRequest request, bool isTls13)
    {
        if (settings.ClientCertificate is not { } leaf)
        {
            return null;
        }

        var accepted = request.SupportedSignatureAlgorithms
            .Select(algorithm => (SignatureScheme)Org.BouncyCastle.Tls.SignatureScheme.From(algorithm));
        if (ClientSignature.Choose(leaf, accepted, isTls13) is not { } signature)
        {
            return null;
        }

        byte[][] encodings = [leaf.RawData, .. settings.ClientIntermediates.Select(intermediate => intermediate.RawData)];
        TlsCertificate[] chain = [.. encodings.Select(encoding => crypto.CreateCertificate(CertificateType.X509, encoding))];
        var certificate = isTls13
            ? new Certificate(request.GetCertificateRequestContext(), [.. chain.Select(entry => new CertificateEntry(entry, null))])
            : new Certificate(chain);
        return new SigningCredentials(certificate, signature);
    }

    public byte[] GenerateRawSignature(byte[] hash) => BouncyCastleFailure.Guard(() =>
    {
        try
        {
            return signature.SignHash(hash);
        }
        catch (CryptographicException e)
        {
            throw new TlsProtocolException(
                TlsViolation.EngineFailure, TlsAlert.InternalError, e, $"The key of the client certificate does not sign: {e.Message.TrimEnd('.')}.");
        }
    });

    public TlsStreamSigner? GetStreamSigner() => null;
}
