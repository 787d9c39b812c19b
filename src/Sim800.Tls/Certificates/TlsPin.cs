using System.Security.Cryptography;

namespace Sim800.Tls.Certificates;

/// <summary>A certificate or public key that must be there, by its SHA-256.</summary>
internal readonly record struct TlsPin(bool IsPublicKey, string Sha256)
{
    private const int HashLength = 32;

    public override string ToString() => $"{(IsPublicKey ? "key" : "certificate")} {Sha256}";

    internal static TlsPin OfCertificate(byte[] der) => new(IsPublicKey: false, HashOf(der));

    internal static TlsPin OfPublicKey(string sha256)
    {
        ArgumentException.ThrowIfNullOrEmpty(sha256);
        var text = sha256.StartsWith("sha256//", StringComparison.Ordinal) ? sha256["sha256//".Length..] : sha256;
        var hash = new byte[HashLength];
        var hex = text.Replace(":", "", StringComparison.Ordinal);
        if (hex.Length == 2 * HashLength && hex.All(char.IsAsciiHexDigit))
        {
            return new(IsPublicKey: true, hex.ToUpperInvariant());
        }

        return Convert.TryFromBase64String(text, hash, out var length) && length == HashLength
            ? new(IsPublicKey: true, Convert.ToHexString(hash))
            : throw new ArgumentException("A pin is a SHA-256: 64 hexadecimal digits, or 44 characters of base64.", nameof(sha256));
    }

    internal bool Matches(TbsCertificate certificate) =>
        string.Equals(Sha256, HashOf(IsPublicKey ? certificate.SubjectPublicKeyInfo : certificate.Der), StringComparison.Ordinal);

    private static string HashOf(ReadOnlyMemory<byte> value) => Convert.ToHexString(SHA256.HashData(value.Span));
}
