using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tls.Crypto;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>
/// A certificate as the bytes of the message: what is judged, pinned and reported is exactly what the handshake's signature covers.
/// BouncyCastle decodes nothing of it, and asks in our handshakes for nothing that would have to be decoded.
/// </summary>
internal sealed class ServerCertificate(byte[] encoding) : TlsCertificate
{
    public BigInteger SerialNumber => throw Undecoded();

    /// <summary>Asked for the sake of a channel binding (RFC 5929), which nobody here uses.</summary>
    public string? SigAlgOid => null;

    public byte[] GetEncoded() => encoding;

    public TlsVerifier CreateVerifier(short signatureAlgorithm) => new Tls12SignatureVerifier(encoding);

    public Tls13Verifier CreateVerifier(int signatureScheme) => new Tls13SignatureVerifier(encoding, signatureScheme);

    /// <summary>Asked for the TLS feature extension (RFC 7633), about which BouncyCastle need not decide.</summary>
    public byte[]? GetExtension(DerObjectIdentifier extensionOid) => null;

    public TlsEncryptor CreateEncryptor(int tlsCertificateRole) => throw Undecoded();

    public Asn1Encodable GetSigAlgParams() => throw Undecoded();

    public short GetLegacySignatureAlgorithm() => throw Undecoded();

    public bool SupportsSignatureAlgorithm(short signatureAlgorithm) => throw Undecoded();

    public bool SupportsSignatureAlgorithmCA(short signatureAlgorithm) => throw Undecoded();

    public TlsCertificate CheckUsageInRole(int tlsCertificateRole) => throw Undecoded();

    private static InvalidOperationException Undecoded() => new("No cipher suite that is offered needs this.");
}
