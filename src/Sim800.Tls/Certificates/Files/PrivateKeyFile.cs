using System.Security.Cryptography;

namespace Sim800.Tls.Certificates.Files;

/// <summary>The private key in a file, PEM or DER, encrypted or not: PKCS #8, PKCS #1 or SEC 1.</summary>
internal static class PrivateKeyFile
{
    /// <param name="file">What may hold other blocks as well.</param>
    /// <param name="keyPassword">Needed if it is encrypted, and not used otherwise.</param>
    /// <returns>RSA or ECDSA; the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">There is none, or one that cannot be used; the parameter is the password where that is missing or wrong.</exception>
    internal static AsymmetricAlgorithm Read(CredentialFile file, string? keyPassword)
    {
        if (file.Blocks.FirstOrDefault(block => IsKey(FileContents.OfLabel(block.Label))) is { } pem)
        {
            return Read(FileContents.OfLabel(pem.Label), pem.Content, pem, file.Name, keyPassword);
        }

        var content = FileContents.Of(file);
        if (file.Blocks.Count > 0 || !IsKey(content))
        {
            throw new ArgumentException(FileContentText.NoKey(content, file.Name), nameof(file));
        }

        var octets = file.Octets.ToArray();
        try
        {
            return Read(content, octets, pem: null, file.Name, keyPassword);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    private static bool IsKey(FileContent content) => content is
        FileContent.Pkcs8Key or FileContent.EncryptedKey or FileContent.RsaKey or FileContent.EcKey or FileContent.OtherKey;

    private static AsymmetricAlgorithm Read(FileContent content, byte[] octets, PemBlock? pem, string name, string? keyPassword)
    {
        if (content == FileContent.OtherKey)
        {
            throw PrivateKeyInfoReader.Unsupported(name, $"of the kind '{pem?.Label}'");
        }

        if (content != FileContent.EncryptedKey && pem?.Header("DEK-Info") is null)
        {
            return PrivateKeyInfoReader.Read(content, octets, name);
        }

        if (string.IsNullOrEmpty(keyPassword))
        {
            throw new ArgumentException($"The key in '{name}' is encrypted, and no password was given for it.", nameof(keyPassword));
        }

        var decrypted = content == FileContent.EncryptedKey
            ? EncryptedKey.DecryptPkcs8(octets, name, keyPassword)
            : EncryptedKey.DecryptOldPem(pem!, name, keyPassword);
        try
        {
            // Of 256 wrong passwords one leaves a padding that looks right.
            return PrivateKeyInfoReader.LooksLike(content, decrypted)
                ? PrivateKeyInfoReader.Read(content == FileContent.EncryptedKey ? FileContent.Pkcs8Key : content, decrypted, name)
                : throw EncryptedKey.WrongPassword(name, keyPassword);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(decrypted);
        }
    }
}
