using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Files as OpenSSL makes them: taken where that is harmless, and called by their name where it is not.</summary>
public sealed class CredentialFileTests(OpenSslFiles files) : IClassFixture<OpenSslFiles>
{
    [Theory]
    [InlineData("ca.der")]
    [InlineData("trusted.pem")]
    [InlineData("trusted-server.pem")]
    [InlineData("text.pem")]
    [InlineData("crlf.pem")]
    [InlineData("bom.pem")]
    [InlineData("utf16.pem")]
    [InlineData("utf16be.pem")]
    [InlineData("utf16-bare.pem")]
    [InlineData("our root.pem")]
    public void A_root_in_any_form_is_the_same_trust(string name) =>
        Assert.Equal(TlsTrust.FromPemFile(files.PathOf("ca.pem")).Fingerprint, TlsTrust.FromPemFile(files.PathOf(name)).Fingerprint);

    [Fact]
    public void A_trust_outlives_the_memory_of_its_file()
    {
        var der = File.ReadAllBytes(files.PathOf("ca.der"));
        foreach (var name in new[] { "ca.pem", "ca.der", "trusted.pem", "trusted-server.pem" })
        {
            Assert.Equal(der, TlsTrust.FromPemFile(files.PathOf(name)).Authorities[0].Der.ToArray());
        }
    }

    [Fact]
    public void A_file_that_can_be_neither_certificate_nor_key_is_not_taken_into_memory()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("sim800-large-").FullName, "large.pem");
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.DeleteOnClose))
        {
            file.SetLength((16 * 1024 * 1024) + 1);
            Assert.Contains("is larger than 16 MB", Assert.Throws<ArgumentException>(() => TlsTrust.FromPemFile(path)).Message, StringComparison.Ordinal);
        }

        Directory.Delete(Path.GetDirectoryName(path)!);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => TlsTrust.FromPemFile(Path.GetTempPath())).Message, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("is larger than 16 MB", Assert.Throws<ArgumentException>(() => TlsTrust.FromPemFile("/dev/zero")).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("chain.p7b")]
    [InlineData("chain.p7c")]
    [InlineData("backwards.pem")]
    public void Several_certificates_in_any_form_and_order_are_the_same_trust(string name) =>
        Assert.Equal(TlsTrust.FromPemFile(files.PathOf("chain.pem")).Fingerprint, TlsTrust.FromPemFile(files.PathOf(name)).Fingerprint);

    [Theory]
    [InlineData("client.key", "is a private key, not a certificate")]
    [InlineData("client.key.der", "is a private key, not a certificate")]
    [InlineData("client.sec1", "is a private key, not a certificate")]
    [InlineData("client.sec1.der", "is a private key, not a certificate")]
    [InlineData("rsa.pkcs1", "is a private key, not a certificate")]
    [InlineData("client.aes256", "is a private key, not a certificate")]
    [InlineData("client.der", null)]
    [InlineData("with-parameters.key", "is a private key, not a certificate")]
    [InlineData("parameters.pem", "parameters")]
    [InlineData("client.csr", "certificate signing request", "openssl x509 -req -in ")]
    [InlineData("csr.der", "certificate signing request", "openssl x509 -req -in ")]
    [InlineData("ca.crl", "list of revoked certificates")]
    [InlineData("crl.der", "list of revoked certificates")]
    [InlineData("public.pem", "public key")]
    [InlineData("client.pfx", "PKCS #12", "openssl pkcs12 -in ")]
    [InlineData("trusted-client.pem", "not trusted for TLS servers", "openssl x509 -in ")]
    [InlineData("rejected.pem", "not trusted for TLS servers", "openssl x509 -in ")]
    [InlineData("store.jks", "Java key store", "keytool -exportcert ")]
    [InlineData("empty.pem", "is empty")]
    [InlineData("blank.pem", "is empty")]
    [InlineData("page.html", "neither PEM")]
    [InlineData("ssh.pub", "neither PEM")]
    [InlineData("cut.der", "neither PEM")]
    [InlineData("cut.pem", "has no line '-----END CERTIFICATE-----'")]
    public void What_is_no_certificate_is_called_what_it_is(string name, string? what, string? command = null)
    {
        var path = files.PathOf(name);
        if (what is null)
        {
            Assert.NotEmpty(TlsTrust.FromPemFile(path).Fingerprint);
            return;
        }

        var refusal = Assert.Throws<ArgumentException>(() => TlsTrust.FromPemFile(path));
        Says(refusal, path, what, command);
        Says(Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPemFiles(path, files.PathOf("client.key"))), path, name == "client.pfx" ? null : what, command);
    }

    [Theory]
    [InlineData("client.pem", "is a certificate, not a private key")]
    [InlineData("client.der", "is a certificate, not a private key")]
    [InlineData("chain.p7b", "is a certificate, not a private key")]
    [InlineData("client.csr", "certificate signing request")]
    [InlineData("csr.der", "certificate signing request")]
    [InlineData("ca.crl", "list of revoked certificates")]
    [InlineData("public.pem", "public key")]
    [InlineData("parameters.pem", "parameters")]
    [InlineData("client.pfx", "PKCS #12", "openssl pkcs12 -in ")]
    [InlineData("store.jks", "Java key store", "keytool -importkeystore ")]
    [InlineData("empty.pem", "is empty")]
    [InlineData("page.html", "neither PEM")]
    [InlineData("koblitz.key", "on the curve secp256k1, which is not supported", "openssl genpkey ")]
    [InlineData("ed25519.key", "Ed25519, which is not supported", "openssl genpkey ")]
    [InlineData("explicit.key", "describes its curve by numbers", "openssl ec -in ")]
    [InlineData("explicit.p8", "describes its curve by numbers", "openssl ec -in ")]
    [InlineData("sub.key", "belongs to another certificate", "openssl pkey -pubout -in ")]
    [InlineData("rsa.key", "belongs to another certificate", "openssl pkey -pubout -in ")]
    public void What_is_not_the_key_is_called_what_it_is(string name, string what, string? command = null) => Says(
        Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPemFiles(files.PathOf("client.pem"), files.PathOf(name), OpenSslFiles.Password)),
        files.PathOf(name),
        what,
        command);

    [Theory]
    [InlineData("client.pem", "client.key")]
    [InlineData("client.der", "client.key.der")]
    [InlineData("client.pem", "client.sec1")]
    [InlineData("client.pem", "client.sec1.der")]
    [InlineData("rsa.pem", "rsa.key")]
    [InlineData("rsa.pem", "rsa.pkcs1")]
    [InlineData("p521.pem", "p521.key")]
    [InlineData("with-parameters.pem", "with-parameters.key")]
    [InlineData("both.pem", null)]
    [InlineData("both.pem", "both.pem")]
    public void A_key_in_clear_is_read_in_every_form(string certificate, string? key) => Works(Load(certificate, key, null));

    [Theory]
    [InlineData("client.pem", "client.aes256")]
    [InlineData("rsa.pem", "rsa.aes256")]
    [InlineData("p521.pem", "p521.aes256")]
    [InlineData("client.pem", "client.aes128")]
    [InlineData("client.pem", "client.aes192")]
    [InlineData("client.pem", "client.des3")]
    [InlineData("client.pem", "client.pkcs12pbe")]
    [InlineData("client.pem", "client.endless")]
    [InlineData("client.pem", "client.old-aes256")]
    [InlineData("client.pem", "client.old-aes128")]
    [InlineData("client.pem", "client.old-des3")]
    [InlineData("rsa.pem", "rsa.old-aes192")]
    [InlineData("rsa.pem", "rsa.old-des3")]
    [InlineData("both-encrypted.pem", null)]
    [InlineData("client.pfx", null)]
    [InlineData("client.pfx", "client.pfx")]
    public void An_encrypted_key_tells_a_missing_from_a_wrong_password_and_takes_the_right_one(string certificate, string? key)
    {
        Works(Load(certificate, key, OpenSslFiles.Password));
        foreach (var password in new[] { null, "" })
        {
            var missing = Assert.Throws<ArgumentException>(() => Load(certificate, key, password));
            Assert.Equal("keyPassword", missing.ParamName);
            Assert.Contains("no password was given", missing.Message, StringComparison.Ordinal);
        }

        for (var i = 0; i < 300; i++)
        {
            // One of 256 leaves a padding that looks right. The slow forms are tried a few times only.
            if (i > 3 && !(key ?? "").Contains(".old-", StringComparison.Ordinal))
            {
                break;
            }

            var wrong = Assert.Throws<ArgumentException>(() => Load(certificate, key, $"wrong {i}"));
            Assert.Equal("keyPassword", wrong.ParamName);
            Assert.Contains("is wrong", wrong.Message, StringComparison.Ordinal);
            Assert.DoesNotContain($"wrong {i}", wrong.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("client.old-camellia", "CAMELLIA-256-CBC")]
    public void A_cipher_that_is_not_supported_is_named(string key, string cipher) => Says(
        Assert.Throws<ArgumentException>(() => Load("client.pem", key, OpenSslFiles.Password)), files.PathOf(key), cipher, "openssl pkcs8 -topk8 ");

    [Fact]
    public void A_cipher_of_another_country_is_read_or_named()
    {
        var thrown = Record.Exception(() => Works(Load("client.pem", "client.aria", OpenSslFiles.Password)));
        Assert.True(thrown is null || (thrown is ArgumentException && thrown.Message.Contains("openssl pkcs8 -topk8", StringComparison.Ordinal)), $"{thrown}");
    }

    [Theory]
    [InlineData("koblitz.pem", "koblitz.aes256", "on the curve secp256k1")]
    [InlineData("koblitz.pem", "koblitz.old-aes256", "on the curve secp256k1")]
    [InlineData("ed25519.pem", "ed25519.aes256", "Ed25519")]
    public void What_an_encrypted_key_is_shows_with_the_right_password_alone(string certificate, string key, string what)
    {
        Says(Assert.Throws<ArgumentException>(() => Load(certificate, key, OpenSslFiles.Password)), files.PathOf(key), what, "openssl genpkey ");
        Assert.Equal("keyPassword", Assert.Throws<ArgumentException>(() => Load(certificate, key, "wrong")).ParamName);
    }

    [Fact]
    public void An_encrypted_key_of_another_certificate_is_not_a_wrong_password()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Load("rsa.pem", "client.aes256", OpenSslFiles.Password));
        Assert.NotEqual("keyPassword", refusal.ParamName);
        Assert.Contains("belongs to another certificate", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_is_not_needed_does_no_harm() => Works(Load("client.pem", "client.key", "not needed"));

    [Fact]
    public void Of_several_certificates_the_one_of_the_key_is_the_clients_own_and_the_root_is_not_sent()
    {
        foreach (var name in new[] { "chain.pem", "backwards.pem", "chain.p7b", "chain.p7c" })
        {
            using var certificate = Load(name, "client.key", null);
            using var own = X509CertificateLoader.LoadCertificateFromFile(files.PathOf("client.pem"));
            using var issuing = X509CertificateLoader.LoadCertificateFromFile(files.PathOf("sub.pem"));
            Assert.Equal([own.RawData, issuing.RawData], certificate.Chain);
        }
    }

    [Fact]
    public void A_PFX_is_read_by_its_own_door_and_is_told_from_other_files()
    {
        using (var certificate = TlsClientCertificate.FromPfxFile(files.PathOf("client.pfx"), OpenSslFiles.Password))
        {
            Assert.Equal(2, certificate.Chain.Count);
        }

        TlsClientCertificate.FromPfxFile(files.PathOf("open.pfx")).Dispose();
        Assert.Equal("password", Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPfxFile(files.PathOf("client.pfx"))).ParamName);
        Assert.Equal("password", Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPfxFile(files.PathOf("client.pfx"), "wrong")).ParamName);
        Says(
            Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPfxFile(files.PathOf("client.pem"))),
            files.PathOf("client.pem"),
            "is no PKCS #12 file",
            "openssl pkcs12 -export ");
        Assert.Contains(
            "no private key",
            Assert.Throws<ArgumentException>(() => TlsClientCertificate.FromPfxFile(files.PathOf("keyless.pfx"), OpenSslFiles.Password)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_PFX_of_the_legacy_kind_is_read_or_the_command_is_named()
    {
        var thrown = Record.Exception(() => TlsClientCertificate.FromPfxFile(files.PathOf("legacy.pfx"), OpenSslFiles.Password).Dispose());
        Assert.True(thrown is null || (thrown is ArgumentException && thrown.Message.Contains("openssl pkcs12 -legacy", StringComparison.Ordinal)), $"{thrown}");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void A_key_that_would_take_for_ever_to_decrypt_is_refused_at_once(int octets)
    {
        // The iterations of PBKDF2 are one octet in this file; here they become two thousand million, or more than an int holds.
        var pem = File.ReadAllText(files.PathOf("client.endless"));
        var der = Convert.FromBase64String(string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-'))));
        var text = Convert.ToHexString(der);
        var at = text.IndexOf("020101", text.IndexOf("2A864886F70D01050C", StringComparison.Ordinal), StringComparison.Ordinal) / 2;
        byte[] patched = [.. der[..at], 0x02, (byte)octets, 0x7F, .. Enumerable.Repeat((byte)0xFF, octets - 1), .. der[(at + 3)..]];
        foreach (var length in OuterLengths(der, at))
        {
            patched[length] += (byte)(octets - 1);
        }

        var path = files.PathOf("endless.der");
        File.WriteAllBytes(path, patched);
        var refusal = Assert.Throws<ArgumentException>(() => Load("client.pem", "endless.der", OpenSslFiles.Password));
        Assert.Contains("iterations", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Where the length octets of the structures around an offset are; all of one octet, or the last of theirs.</summary>
    private static IEnumerable<int> OuterLengths(byte[] der, int inner)
    {
        for (var at = 0; at < inner;)
        {
            var longForm = der[at + 1] & 0x7F;
            var (head, length, last) = der[at + 1] < 0x80
                ? (2, der[at + 1], at + 1)
                : (2 + longForm, longForm == 1 ? der[at + 2] : (der[at + 2] << 8) | der[at + 3], at + 1 + longForm);
            if ((der[at] & 0x20) != 0 && at + head <= inner && inner < at + head + length)
            {
                yield return last;
                at += head;
            }
            else
            {
                at += head + length;
            }
        }
    }

    private static void Says(ArgumentException refusal, string path, string? what, string? command)
    {
        Assert.Contains(what ?? "", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(what is null ? "" : path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(what is null ? "" : command ?? "", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(OpenSslFiles.Password, refusal.ToString(), StringComparison.Ordinal);
    }

    private static void Works(TlsClientCertificate loaded)
    {
        using var certificate = loaded;
        var data = "proof"u8.ToArray();
        using var ecdsa = certificate.Certificate.GetECDsaPrivateKey();
        using var rsa = certificate.Certificate.GetRSAPrivateKey();
        using var ecdsaPublic = certificate.Certificate.GetECDsaPublicKey();
        using var rsaPublic = certificate.Certificate.GetRSAPublicKey();
        Assert.True(ecdsa is not null
            ? ecdsaPublic!.VerifyData(data, ecdsa.SignData(data, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256)
            : rsaPublic!.VerifyData(
                data, rsa!.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss), HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
    }

    private TlsClientCertificate Load(string certificate, string? key, string? password) =>
        TlsClientCertificate.FromPemFiles(files.PathOf(certificate), key is null ? null : files.PathOf(key), password);
}
