using System.Collections;
using Org.BouncyCastle.Crypto.Tls;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>The extensions of our ClientHello; BouncyCastle adds extended_master_secret itself.</summary>
internal static class ClientExtensions
{
    internal const int ApplicationLayerProtocolNegotiation = 16;

    private const int SessionTicket = 35;

    internal static Hashtable Create(HandshakeSettings settings, int[] suites, IList signatureAlgorithms)
    {
        var extensions = new Hashtable();
        if (settings.ServerNameIndication is { } name)
        {
            TlsExtensionsUtilities.AddServerNameExtension(
                extensions, new ServerNameList(new ArrayList { new ServerName(NameType.host_name, name) }));
        }

        if (suites.Any(CipherSuites.UsesEllipticCurves))
        {
            TlsEccUtilities.AddSupportedEllipticCurvesExtension(extensions, [.. EcdheKeyAgreement.Offered]);
            TlsEccUtilities.AddSupportedPointFormatsExtension(extensions, [ECPointFormat.uncompressed]);
        }

        if (settings.PreSharedKey is null)
        {
            TlsUtilities.AddSignatureAlgorithmsExtension(extensions, signatureAlgorithms);
        }

        if (settings.ApplicationProtocols.Count > 0)
        {
            extensions[ApplicationLayerProtocolNegotiation] = ApplicationProtocols.Encode(settings.ApplicationProtocols);
        }

        if (settings.MaxFragmentLength is { } length)
        {
            TlsExtensionsUtilities.AddMaxFragmentLengthExtension(extensions, MaxFragmentLengthCode.Of(length));
        }

        if (settings.WantsTicket)
        {
            extensions[SessionTicket] = settings.Session?.Ticket ?? [];
        }

        return extensions;
    }
}
