using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sim800.Tls.Tests.Certificates.Making;

/// <summary>An X.509 extension, made by hand so that it can also be wrong.</summary>
internal sealed record TestExtension(string Oid, bool IsCritical, byte[] Value)
{
    internal static TestExtension Authority(int? pathLength = null) => Basic(true, pathLength);

    internal static TestExtension Basic(bool isAuthority, int? pathLength = null, bool isCritical = true) =>
        new("2.5.29.19", isCritical, Der.Sequence(writer =>
        {
            if (isAuthority)
            {
                writer.WriteBoolean(true);
            }

            if (pathLength is { } length)
            {
                writer.WriteInteger(length);
            }
        }));

    internal static TestExtension KeyUsage(X509KeyUsageFlags usage) =>
        new("2.5.29.15", true, new X509KeyUsageExtension(usage, critical: true).RawData);

    internal static TestExtension ExtendedKeyUsage(params string[] purposes) =>
        new("2.5.29.37", false, Der.Sequence(writer => Array.ForEach(purposes, oid => writer.WriteObjectIdentifier(oid))));

    internal static TestExtension AltName(params byte[][] names) => new("2.5.29.17", false, Names(names));

    internal static TestExtension DnsNames(params string[] names) => AltName([.. names.Select(Dns)]);

    /// <summary>dNSName from any octets.</summary>
    internal static byte[] Dns(string name) => Der.Raw(0x82, Encoding.Latin1.GetBytes(name));

    internal static byte[] Ip(string address) => Der.Raw(0x87, IPAddress.Parse(address).GetAddressBytes());

    internal static byte[] Subnet(string address, string mask) =>
        Der.Raw(0x87, [.. IPAddress.Parse(address).GetAddressBytes(), .. IPAddress.Parse(mask).GetAddressBytes()]);

    internal static byte[] Mail(string address) => Der.Raw(0x81, Encoding.ASCII.GetBytes(address));

    internal static byte[] Uri(string uri) => Der.Raw(0x86, Encoding.ASCII.GetBytes(uri));

    internal static byte[] Directory(string name) => Der.Raw(0xA4, new X500DistinguishedName(name).RawData);

    internal static TestExtension NameConstraints(byte[][]? permitted = null, byte[][]? excluded = null, bool isCritical = true) =>
        new("2.5.29.30", isCritical, Der.Sequence(writer =>
        {
            WriteSubtrees(writer, 0, permitted);
            WriteSubtrees(writer, 1, excluded);
        }));

    internal static TestExtension Policies(params string[] oids) => new("2.5.29.32", false, Der.Sequence(writer =>
    {
        foreach (var oid in oids)
        {
            writer.WriteEncodedValue(Der.Sequence(policy => policy.WriteObjectIdentifier(oid)));
        }
    }));

    internal static TestExtension PolicyMapping(string issuerDomain, string subjectDomain) =>
        new("2.5.29.33", true, Der.Sequence(writer => writer.WriteEncodedValue(Der.Sequence(pair =>
        {
            pair.WriteObjectIdentifier(issuerDomain);
            pair.WriteObjectIdentifier(subjectDomain);
        }))));

    internal static TestExtension PolicyConstraints(int? requireExplicitPolicy = null, int? inhibitPolicyMapping = null) =>
        new("2.5.29.36", true, Der.Sequence(writer =>
        {
            if (requireExplicitPolicy is { } required)
            {
                writer.WriteInteger(required, Der.Context(0));
            }

            if (inhibitPolicyMapping is { } inhibited)
            {
                writer.WriteInteger(inhibited, Der.Context(1));
            }
        }));

    internal static TestExtension InhibitAnyPolicy(int skipCertificates) =>
        new("2.5.29.54", true, Der.Write(writer => writer.WriteInteger(skipCertificates)));

    internal static TestExtension SubjectKey(byte id) => new("2.5.29.14", false, Der.Raw(0x04, id));

    internal static TestExtension AuthorityKey(byte id) => new("2.5.29.35", false, Der.Raw(0x30, Der.Raw(0x80, id)));

    internal byte[] Encode(bool writeDefault = false) => Der.Sequence(writer =>
    {
        writer.WriteObjectIdentifier(Oid);
        if (IsCritical || writeDefault)
        {
            writer.WriteBoolean(IsCritical);
        }

        writer.WriteOctetString(Value);
    });

    private static byte[] Names(byte[][] names) => Der.Sequence(writer => Array.ForEach(names, name => writer.WriteEncodedValue(name)));

    private static void WriteSubtrees(AsnWriter writer, int tag, byte[][]? bases)
    {
        if (bases is null)
        {
            return;
        }

        using (writer.PushSequence(Der.Context(tag, isConstructed: true)))
        {
            Array.ForEach(bases, name => writer.WriteEncodedValue(Der.Raw(0x30, name)));
        }
    }
}
