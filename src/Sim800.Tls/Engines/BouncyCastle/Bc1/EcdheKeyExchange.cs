using Org.BouncyCastle.Crypto.Tls;
using Sim800.Tls.Handshake;
using SignatureScheme = Sim800.Tls.Handshake.SignatureScheme;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>
/// ECDHE_ECDSA and ECDHE_RSA (RFC 8422 §2) with the arithmetic of System.Security.Cryptography: BouncyCastle never decodes
/// the server's key, in which 1.8.10 has known faults.
/// </summary>
internal sealed class EcdheKeyExchange(int keyExchange, System.Collections.IList signatureAlgorithms, Func<byte[]> leaf)
    : AbstractTlsKeyExchange(keyExchange, signatureAlgorithms)
{
    private EcdheServerParameters _server;
    private byte[] _agreed = [];

    public override bool RequiresServerKeyExchange => true;

    public override void SkipServerCredentials() => throw new TlsFatalAlert(AlertDescription.unexpected_message);

    public override void ProcessServerCertificate(Certificate serverCertificate)
    {
        // It does not come this way: see UndecodedMessages.
    }

    public override void ProcessServerKeyExchange(Stream input) => BouncyCastleFailure.Guard(() =>
    {
        _server = EcdheServerParameters.Read(input);
        var signature = ParseSignature(input);
        var scheme = (SignatureScheme)((signature.Algorithm.Hash << 8) | signature.Algorithm.Signature);
        if (SignatureSchemes.IsEcdsa(scheme) != (mKeyExchange == KeyExchangeAlgorithm.ECDHE_ECDSA))
        {
            throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter);
        }

        var parameters = mContext.SecurityParameters;
        ServerSignature.Verify(
            leaf(), scheme, _server.SignedWith(parameters.ClientRandom, parameters.ServerRandom), signature.Signature);
    });

    public override void ValidateCertificateRequest(CertificateRequest certificateRequest)
    {
        // Whether a certificate of ours fits is decided where it is chosen.
    }

    public override void ProcessClientCredentials(TlsCredentials clientCredentials)
    {
        // The only ones we give are for signing, and the key exchange needs nothing of them.
    }

    public override void GenerateClientKeyExchange(Stream output) => BouncyCastleFailure.Guard(() =>
    {
        using var agreement = new EcdheKeyAgreement(_server.Group);
        TlsUtilities.WriteOpaque8(agreement.ExportPublicKey(), output);
        _agreed = agreement.Agree(_server.PublicKey);
    });

    public override byte[] GeneratePremasterSecret() => _agreed;
}
