using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Tests.Certificates.Making;

/// <summary>A certificate to be, every field of which a test may set, also to what no library would write.</summary>
internal sealed record CertificateTemplate
{
    internal static readonly DateTimeOffset DefaultNotBefore = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    internal static readonly DateTimeOffset DefaultNotAfter = new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static int _serial;

    internal string Subject { get; init; } = "CN=server";

    internal byte[]? SubjectDer { get; init; }

    internal byte[]? IssuerDer { get; init; }

    internal TestKey Key { get; init; } = TestKey.Server;

    internal byte[]? PublicKeyInfo { get; init; }

    /// <summary>As on the wire: 2 is v3; <c>null</c> leaves it out.</summary>
    internal int? Version { get; init; } = 2;

    /// <summary>Content octets of the INTEGER.</summary>
    internal byte[] Serial { get; init; } = BitConverter.GetBytes(0x01000001 + (Interlocked.Increment(ref _serial) << 8)).Reverse().ToArray();

    internal DateTimeOffset NotBefore { get; init; } = DefaultNotBefore;

    internal DateTimeOffset NotAfter { get; init; } = DefaultNotAfter;

    /// <summary>The two dates in DER.</summary>
    internal byte[]? Validity { get; init; }

    internal HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>AlgorithmIdentifier; RSA-PSS when <see cref="IsPss"/>.</summary>
    internal byte[]? SignatureAlgorithm { get; init; }

    internal byte[]? InnerSignatureAlgorithm { get; init; }

    internal bool IsPss { get; init; }

    internal IReadOnlyList<TestExtension> Extensions { get; init; } = [];

    internal byte[]? ExtensionsDer { get; init; }

    /// <summary>Stands between key and extensions: the unique identifiers.</summary>
    internal byte[] BeforeExtensions { get; init; } = [];

    internal byte[] AfterExtensions { get; init; } = [];

    internal byte[] AfterSignature { get; init; } = [];

    internal byte[] AfterCertificate { get; init; } = [];

    internal byte[] SubjectBytes => SubjectDer ?? new X500DistinguishedName(Subject).RawData;

    internal CertificateTemplate With(params TestExtension[] more) =>
        this with { Extensions = [.. Extensions.Where(old => more.All(one => one.Oid != old.Oid)), .. more] };

    internal CertificateTemplate Without(string oid) => this with { Extensions = [.. Extensions.Where(one => one.Oid != oid)] };

    internal byte[] Sign(byte[] issuer, TestKey issuerKey)
    {
        var algorithm = SignatureAlgorithm ?? issuerKey.SignatureAlgorithm(Hash);
        var tbs = Der.Raw(0x30, [
            .. Version is { } version ? Der.Raw(0xA0, Der.Write(writer => writer.WriteInteger(version))) : [],
            .. Der.Raw(0x02, Serial),
            .. InnerSignatureAlgorithm ?? algorithm,
            .. IssuerDer ?? issuer,
            .. Der.Raw(0x30, Validity ?? [.. Time(NotBefore), .. Time(NotAfter)]),
            .. SubjectBytes,
            .. PublicKeyInfo ?? Key.PublicKeyInfo,
            .. BeforeExtensions,
            .. ExtensionsDer ?? EncodeExtensions(),
            .. AfterExtensions,
        ]);
        var signature = IsPss ? issuerKey.SignPss(tbs, Hash) : issuerKey.Sign(tbs, Hash);
        return [.. Der.Raw(0x30, [.. tbs, .. algorithm, .. Der.Raw(0x03, [0, .. signature]), .. AfterSignature]), .. AfterCertificate];
    }

    private static byte[] Time(DateTimeOffset time) => Der.Write(writer =>
    {
        if (time.Year < 2050)
        {
            writer.WriteUtcTime(time);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    });

    private byte[] EncodeExtensions() =>
        Extensions.Count == 0 ? [] : Der.Raw(0xA3, Der.Raw(0x30, [.. Extensions.SelectMany(one => one.Encode())]));
}
