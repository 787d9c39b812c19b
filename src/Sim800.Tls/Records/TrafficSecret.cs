using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sim800.Tls.Records;

/// <summary>An application traffic secret of TLS 1.3 and the keys that follow from it (RFC 8446 §7.2, §7.3).</summary>
internal sealed class TrafficSecret(AeadAlgorithm algorithm, HashAlgorithmName hash, byte[] secret) : IDisposable
{
    public void Dispose() => CryptographicOperations.ZeroMemory(secret);

    /// <summary>The protection of one direction under this secret; its sequence number starts at zero.</summary>
    internal RecordProtection CreateProtection()
    {
        Span<byte> key = stackalloc byte[algorithm == AeadAlgorithm.Aes128Gcm ? 16 : 32];
        Span<byte> iv = stackalloc byte[AeadCipher.NonceSize];
        Expand("key", key);
        Expand("iv", iv);
        var protection = new Tls13RecordProtection(algorithm, key, iv);
        CryptographicOperations.ZeroMemory(key);
        return protection;
    }

    /// <summary>The secret after a KeyUpdate.</summary>
    internal TrafficSecret Next()
    {
        var next = new byte[secret.Length];
        Expand("traffic upd", next);
        return new TrafficSecret(algorithm, hash, next);
    }

    /// <summary>HKDF-Expand-Label with an empty context (RFC 8446 §7.1).</summary>
    private void Expand(string label, Span<byte> output)
    {
        var name = Encoding.ASCII.GetBytes("tls13 " + label);
        var info = new byte[4 + name.Length];
        BinaryPrimitives.WriteUInt16BigEndian(info, (ushort)output.Length);
        info[2] = (byte)name.Length;
        name.CopyTo(info, 3);
        HKDF.Expand(hash, secret, output, info);
    }
}
