using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates.Files;

/// <summary>A PKCS #12 file: certificates with the key of one of them.</summary>
internal static class PfxFile
{
    /// <summary>ERROR_INVALID_PASSWORD, which .NET gives on every system.</summary>
    private const int InvalidPassword = unchecked((int)0x80070056);

    /// <param name="file">The file.</param>
    /// <param name="password">Needed if it is encrypted.</param>
    /// <param name="passwordParameter">What the caller's parameter is called.</param>
    /// <exception cref="ArgumentException">It cannot be read; the parameter is the password where that is missing or wrong.</exception>
    internal static X509Certificate2Collection Read(CredentialFile file, string? password, string passwordParameter)
    {
        var content = FileContents.Of(file);
        if (content is not (FileContent.Pfx or FileContent.Unknown))
        {
            throw new ArgumentException(
                $"'{file.Name}' is no PKCS #12 file (PFX); make one by: openssl pkcs12 -export -in certificate.pem -inkey key.pem -out certificate.pfx",
                nameof(file));
        }

        try
        {
            return CertificateLoader.FromPfx(file.Octets.ToArray(), password);
        }
        catch (CryptographicException e) when (e.HResult == InvalidPassword)
        {
            throw string.IsNullOrEmpty(password)
                ? new ArgumentException($"The PKCS #12 file '{file.Name}' is encrypted, and no password was given for it.", passwordParameter, e)
                : new ArgumentException($"The password for the PKCS #12 file '{file.Name}' is wrong.", passwordParameter, e);
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            throw new ArgumentException(
                $"The PKCS #12 file '{file.Name}' is damaged, or encrypted with a cipher that is not supported; write it anew by: "
                + $"openssl pkcs12 -legacy -in {FileContentText.Quoted(file.Name)} -out both.pem && openssl pkcs12 -export -in both.pem -out new.pfx",
                nameof(file),
                e);
        }
    }
}
