namespace Sim800.Tls.Certificates.Files;

/// <summary>What to say of a file that holds something else than was asked for, with the command that converts it where there is one.</summary>
internal static class FileContentText
{
    /// <summary>Asked for were certificates.</summary>
    internal static string NoCertificate(FileContent content, string name) => content switch
    {
        FileContent.Pfx =>
            $"'{name}' is a PKCS #12 file (PFX); take the certificates from it by: openssl pkcs12 -in {Quoted(name)} -nokeys -out certificates.pem",
        FileContent.CertificateRequest =>
            $"'{name}' is a certificate signing request and no certificate yet; an authority makes one of it: "
            + $"openssl x509 -req -in {Quoted(name)} -CA ca.pem -CAkey ca.key -days 365 -out certificate.pem",
        FileContent.RevocationList => $"'{name}' is a list of revoked certificates and holds none itself; give the certificate of the authority.",
        FileContent.PublicKey => $"'{name}' is a bare public key; give the certificate that holds it.",
        FileContent.Pkcs8Key or FileContent.EncryptedKey or FileContent.RsaKey or FileContent.EcKey or FileContent.OpenSshKey
            or FileContent.OtherKey => $"'{name}' is a private key, not a certificate; it is given beside the certificate, and to nobody else.",
        FileContent.Parameters => $"'{name}' holds parameters of keys alone; give the certificate.",
        FileContent.JavaKeyStore =>
            $"'{name}' is a Java key store; take a certificate from it by: keytool -exportcert -rfc -alias NAME -file certificate.pem -keystore {Quoted(name)}",
        _ => Neither(content, "certificate", name),
    };

    /// <summary>Asked for was a private key.</summary>
    internal static string NoKey(FileContent content, string name) => content switch
    {
        FileContent.Certificate or FileContent.TrustedCertificate or FileContent.Pkcs7 =>
            $"'{name}' is a certificate, not a private key; the key is in the file that was made together with the signing request.",
        FileContent.Pfx => $"'{name}' is a PKCS #12 file (PFX); take the key from it by: openssl pkcs12 -in {Quoted(name)} -nocerts -out key.pem",
        FileContent.CertificateRequest => $"'{name}' is a certificate signing request, not a private key; the key is in the file that was made together with it.",
        FileContent.RevocationList => $"'{name}' is a list of revoked certificates, not a private key.",
        FileContent.PublicKey => $"'{name}' is a public key; the private one is needed.",
        FileContent.OpenSshKey => $"'{name}' is a key in the form of OpenSSH; convert it, in place, by: ssh-keygen -p -m PKCS8 -f {Quoted(name)}",
        FileContent.Parameters => $"'{name}' holds parameters of keys alone, and no key.",
        FileContent.JavaKeyStore =>
            $"'{name}' is a Java key store; convert it by: keytool -importkeystore -deststoretype PKCS12 -destkeystore key.pfx -srckeystore {Quoted(name)}",
        _ => Neither(content, "key", name),
    };

    internal static string Quoted(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_')
        ? name
        : $"'{name.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string Neither(FileContent content, string wanted, string name) => content == FileContent.Empty
        ? $"'{name}' is empty."
        : $"There is no {wanted} in '{name}': it is neither PEM (text that begins with "
            + $"'-----BEGIN {(wanted is "key" ? "PRIVATE KEY" : "CERTIFICATE")}-----') nor DER.";
}
