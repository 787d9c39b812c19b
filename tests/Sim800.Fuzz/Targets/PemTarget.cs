using System.Security.Cryptography;
using Sim800.Tls;
using Sim800.Tls.Certificates.Files;

namespace Sim800.Fuzz;

/// <summary>Files that should hold a certificate or a key, encrypted or not: taken, or refused with a sentence that names no password.</summary>
internal sealed class PemTarget : FuzzTarget
{
    internal const string Password = "a-password-nobody-tells";

    internal override string Name => "pem";

    internal override int Inputs => 1_200;

    internal override long FixedBytes => 512 * 1024;

    internal override long BytesPerByte => 4096;

    /// <summary>A password may cost ten million iterations.</summary>
    internal override TimeSpan Patience => TimeSpan.FromMinutes(10);

    internal override IReadOnlyList<string> Words { get; } =
    [
        "-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n", "-----BEGIN PRIVATE KEY-----\n", "-----BEGIN RSA PRIVATE KEY-----\n", "-----BEGIN EC PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n", "-----BEGIN PKCS7-----\n", "-----BEGIN TRUSTED CERTIFICATE-----\n", "-----", "Proc-Type: 4,ENCRYPTED\n", "DEK-Info: AES-256-CBC,", "DEK-Info: DES-CBC,0011223344556677\n",
        "\n\n", "\r\n", "=", "==", "MII", "MIIE", "\xef\xbb\xbf", "\xff\xfe", "\x30\x82",
    ];

    internal override IReadOnlyList<string> Secrets { get; } = [Password];

    internal override bool IsTyped(Exception exception) => exception is ArgumentException;

    internal override IEnumerable<byte[]> Made()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(1024);
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 10);
        return
        [
            Text(ecdsa.ExportPkcs8PrivateKeyPem()), Text(ecdsa.ExportECPrivateKeyPem()), Text(rsa.ExportRSAPrivateKeyPem()), Text(rsa.ExportPkcs8PrivateKeyPem()),
            Text(ecdsa.ExportEncryptedPkcs8PrivateKeyPem(Password, parameters)), ecdsa.ExportPkcs8PrivateKey(), ecdsa.ExportECPrivateKey(), rsa.ExportRSAPrivateKey(),
            ecdsa.ExportEncryptedPkcs8PrivateKey(Password, parameters), Text(ecdsa.ExportSubjectPublicKeyInfoPem()),
        ];
    }

    /// <summary>A block of PEM whose DER is changed as a tree.</summary>
    internal override byte[] Generate(Dice dice)
    {
        var seed = Text(dice.Of(Seeds));
        if (!PemEncoding.TryFind(seed, out var fields))
        {
            return new DerTree(Text(seed)).Mutated(dice);
        }

        var der = new DerTree(Convert.FromBase64String(seed[fields.Base64Data])).Mutated(dice);
        return Text(PemEncoding.WriteString(seed[fields.Label], der));
    }

    internal override ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var asCertificate = Refusal(() =>
        {
            using var file = CredentialFile.Of("x.pem", [.. input]);
            _ = CertificateFile.Read(file);
        });
        var asKey = Refusal(() =>
        {
            using var file = CredentialFile.Of("x.pem", [.. input]);
            PrivateKeyFile.Read(file, Password).Dispose();
        });
        _ = Refusal(() => TlsTrust.FromPem(Text(input)));
        return (asCertificate ?? asKey) is { } refusal ? ValueTask.FromException(refusal) : default;
    }

    private static ArgumentException? Refusal(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (ArgumentException e)
        {
            return e.ToString().Contains(Password, StringComparison.Ordinal) ? throw new BrokenPropertyException(e.ToString()) : e;
        }
    }
}
