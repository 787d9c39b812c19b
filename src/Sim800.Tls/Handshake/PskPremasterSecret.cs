using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sim800.Tls.Handshake;

/// <summary>Two secrets side by side, each with its length (RFC 4279 §2, RFC 5489 §2).</summary>
internal static class PskPremasterSecret
{
    /// <param name="key">The pre-shared key; zeroed.</param>
    /// <param name="agreed">What Diffie-Hellman gave, or <c>null</c> for as many zeros as the key is long; zeroed.</param>
    internal static byte[] Create(byte[] key, byte[]? agreed)
    {
        var other = agreed ?? new byte[key.Length];
        var secret = new byte[4 + other.Length + key.Length];
        BinaryPrimitives.WriteUInt16BigEndian(secret, (ushort)other.Length);
        other.CopyTo(secret, 2);
        BinaryPrimitives.WriteUInt16BigEndian(secret.AsSpan(2 + other.Length), (ushort)key.Length);
        key.CopyTo(secret, 4 + other.Length);
        CryptographicOperations.ZeroMemory(other);
        CryptographicOperations.ZeroMemory(key);
        return secret;
    }
}
