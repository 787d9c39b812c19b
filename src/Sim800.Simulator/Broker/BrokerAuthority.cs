using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Simulator.Broker;

/// <summary>A certification authority made for one broker, and the one server certificate it has issued.</summary>
internal sealed class BrokerAuthority : IDisposable
{
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _server;
    private readonly bool _ownsAuthority;

    private BrokerAuthority(X509Certificate2 authority, X509Certificate2 server, bool ownsAuthority)
    {
        (_authority, _server, _ownsAuthority) = (authority, server, ownsAuthority);
        Context = SslStreamCertificateContext.Create(server, additionalCertificates: null, offline: true);
    }

    internal string Pem => _authority.ExportCertificatePem();

    internal SslStreamCertificateContext Context { get; }

    public void Dispose()
    {
        _server.Dispose();
        if (_ownsAuthority)
        {
            _authority.Dispose();
        }
    }

    /// <summary>Valid from a day before <paramref name="now"/> for ten years.</summary>
    internal static BrokerAuthority Create(IReadOnlyList<string> serverNames, DateTimeOffset now)
    {
        var (from, to) = (now.AddDays(-1), now.AddYears(10));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = AuthorityRequest(authorityKey).CreateSelfSigned(from, to);
        return new BrokerAuthority(authority, Issue(authority, serverNames, from, to), ownsAuthority: true);
    }

    /// <summary>Another server certificate of the same authority, with another key; this one must outlive it.</summary>
    internal BrokerAuthority Renew(IReadOnlyList<string> serverNames, DateTimeOffset now)
    {
        var (from, to) = (now.AddDays(-1), now.AddYears(9));
        return new BrokerAuthority(_authority, Issue(_authority, serverNames, from, to), ownsAuthority: false);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, IReadOnlyList<string> serverNames, DateTimeOffset from, DateTimeOffset to)
    {
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = ServerRequest(serverKey, serverNames, authority).Create(authority, from, to, SerialNumber());
        using var server = issued.CopyWithPrivateKey(serverKey);
        return Reload(server);
    }

    private static CertificateRequest AuthorityRequest(ECDsa key)
    {
        var request = new CertificateRequest("CN=Loopback broker test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static CertificateRequest ServerRequest(ECDsa key, IReadOnlyList<string> names, X509Certificate2 authority)
    {
        var alternativeNames = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternativeNames.AddDnsName(name);
        }

        alternativeNames.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=Loopback broker", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(alternativeNames.Build());
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request;
    }

    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40); // positive, and of the same length every time
        return serial;
    }

    /// <summary>The same certificate with a key the TLS stack of every platform can use; Windows refuses an ephemeral one.</summary>
    private static X509Certificate2 Reload(X509Certificate2 server)
    {
        var pfx = server.Export(X509ContentType.Pkcs12);
#if NET9_0_OR_GREATER
        return X509CertificateLoader.LoadPkcs12(pfx, password: null);
#else
        return new X509Certificate2(pfx);
#endif
    }
}
