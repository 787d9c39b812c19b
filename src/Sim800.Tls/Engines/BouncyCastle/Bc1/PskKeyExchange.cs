using System.Text;
using Org.BouncyCastle.Crypto.Tls;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>PSK (RFC 4279 §2) and ECDHE_PSK (RFC 5489 §2): a key known to both takes the place of certificates.</summary>
internal sealed class PskKeyExchange(int keyExchange, System.Collections.IList signatureAlgorithms, TlsPreSharedKey preSharedKey)
    : AbstractTlsKeyExchange(keyExchange, signatureAlgorithms)
{
    private EcdheServerParameters _server;
    private byte[]? _agreed;

    public override bool RequiresServerKeyExchange => mKeyExchange == KeyExchangeAlgorithm.ECDHE_PSK;

    public override void SkipServerCredentials()
    {
        // There are none.
    }

    public override void ProcessServerCertificate(Certificate serverCertificate) =>
        throw new TlsFatalAlert(AlertDescription.unexpected_message);

    public override void ProcessServerKeyExchange(Stream input) => BouncyCastleFailure.Guard(() =>
    {
        _ = TlsUtilities.ReadOpaque16(input); // a hint which identity to choose: there is only one
        if (RequiresServerKeyExchange)
        {
            _server = EcdheServerParameters.Read(input);
        }
    });

    public override void ValidateCertificateRequest(CertificateRequest certificateRequest) =>
        throw new TlsFatalAlert(AlertDescription.unexpected_message);

    public override void ProcessClientCredentials(TlsCredentials clientCredentials) =>
        throw new TlsFatalAlert(AlertDescription.internal_error);

    public override void GenerateClientKeyExchange(Stream output) => BouncyCastleFailure.Guard(() =>
    {
        TlsUtilities.WriteOpaque16(Encoding.UTF8.GetBytes(preSharedKey.Identity), output);
        if (RequiresServerKeyExchange)
        {
            using var agreement = new EcdheKeyAgreement(_server.Group);
            TlsUtilities.WriteOpaque8(agreement.ExportPublicKey(), output);
            _agreed = agreement.Agree(_server.PublicKey);
        }
    });

    public override byte[] GeneratePremasterSecret() => PskPremasterSecret.Create(preSharedKey.CopyKey(), _agreed);
}
