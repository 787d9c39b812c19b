using System.Security.Cryptography;
using Sim800.Tls.Tests.Certificates.Making;
using Sim800.Tls.Tests.Peers;
using TestKey = Sim800.Tls.Tests.Certificates.Making.TestKey;

namespace Sim800.Tls.Tests.Interop;

/// <summary>One authority, servers of any name below it, and clients: as PEM texts for programs of others.</summary>
internal sealed class BrokerPki
{
    private static readonly CertificateTemplate Root = TestPath.DefaultRoot.With(TestExtension.SubjectKey(1));
    private static readonly CertificateTemplate Issuing =
        TestPath.DefaultAuthority.With(TestExtension.SubjectKey(2), TestExtension.AuthorityKey(1));

    internal static string RootPem { get; } = Pem(Root.Sign(Root.SubjectBytes, Root.Key));

    internal static TlsTrust Trust { get; } = TlsTrust.FromPem(RootPem);

    /// <summary>Certificate, intermediate and key of a server in one file, as haproxy wants it.</summary>
    internal static (string Chain, string Key) Server(TestKey key, params string[] names) =>
        Server(key, CertificateTemplate.DefaultNotAfter, names);

    internal static (string Chain, string Key) Server(TestKey key, DateTimeOffset notAfter, params string[] names)
    {
        var template = TestPath.DefaultServer with { Subject = "CN=" + names[0], Key = key, NotAfter = notAfter };
        return Sign(template.With(TestExtension.DnsNames(names), TestExtension.AuthorityKey(2)));
    }

    internal static TlsClientCertificate Client(TestKey key, string name)
    {
        var (chain, keyPem) = Sign((TestPath.DefaultServer with { Subject = "CN=" + name, Key = key })
            .Without("2.5.29.17").With(TestExtension.ExtendedKeyUsage("1.3.6.1.5.5.7.3.2"), TestExtension.AuthorityKey(2)));
        return TlsClientCertificate.FromPem(chain, keyPem);
    }

    /// <summary>Writes the files a server needs; returns their paths.</summary>
    internal static (string Chain, string Key, string Root) Write(DirectoryInfo folder, TestKey key, params string[] names)
    {
        var (chain, keyPem) = Server(key, names);
        return (
            PeerProcess.WriteFile(folder, "chain.pem", chain),
            PeerProcess.WriteFile(folder, "key.pem", keyPem),
            PeerProcess.WriteFile(folder, "root.pem", RootPem));
    }

    private static (string Chain, string Key) Sign(CertificateTemplate template) => (
        Pem(template.Sign(Issuing.SubjectBytes, Issuing.Key)) + Pem(Issuing.Sign(Root.SubjectBytes, Root.Key)),
        PemEncoding.WriteString("PRIVATE KEY", template.Key.Algorithm.ExportPkcs8PrivateKey()) + "\n");

    private static string Pem(byte[] certificate) => PemEncoding.WriteString("CERTIFICATE", certificate) + "\n";
}
