using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Certificates;

namespace Sim800.Tls.Tests.Certificates.Making;

/// <summary>What SslStream gives to its callback: the certificates that were sent, decoded, and the path that it has built out of them.</summary>
internal sealed class BuiltChain : IDisposable
{
    private readonly X509Certificate2[] _decoded;
    private readonly X509Chain _chain;

    internal BuiltChain(IReadOnlyList<byte[]> sent, TlsTrust trust, DateTimeOffset now)
    {
        _decoded = [.. sent.Select(X509CertificateLoader.LoadCertificate)];
        _chain = new X509Chain { ChainPolicy = CertificatePathBuilder.FirstPolicy(trust, now) };
        _chain.ChainPolicy.ExtraStore.AddRange(_decoded.Skip(1).ToArray());
        _chain.Build(_decoded[0]);
    }

    internal PlatformReading Content => new(_decoded, _chain);

    public void Dispose()
    {
        _chain.Dispose();
        Array.ForEach(_decoded, certificate => certificate.Dispose());
    }

    /// <summary>Whether SslStream would have come so far with them.</summary>
    internal static bool CanRead(IReadOnlyList<byte[]> sent)
    {
        try
        {
            foreach (var der in sent)
            {
                X509CertificateLoader.LoadCertificate(der).Dispose();
            }

            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
