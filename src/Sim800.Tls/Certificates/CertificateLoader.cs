using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>X509CertificateLoader where there is one (.NET 9), the constructors it replaced where there is none.</summary>
internal static class CertificateLoader
{
    internal static X509Certificate2 FromDer(byte[] der) =>
#if NET9_0_OR_GREATER
        X509CertificateLoader.LoadCertificate(der);
#else
        new(der);
#endif

    internal static X509Certificate2Collection FromPfx(byte[] pfx, string? password)
    {
#if NET9_0_OR_GREATER
        return X509CertificateLoader.LoadPkcs12Collection(pfx, password, X509KeyStorageFlags.DefaultKeySet);
#else
        var certificates = new X509Certificate2Collection();
        certificates.Import(pfx, password, X509KeyStorageFlags.DefaultKeySet);
        return certificates;
#endif
    }
}
