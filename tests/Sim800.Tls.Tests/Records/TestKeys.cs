using System.Security.Cryptography;
using Sim800.Tls.Records;

namespace Sim800.Tls.Tests.Records;

/// <summary>Keys of two sides of a connection without a handshake.</summary>
internal static class TestKeys
{
    /// <summary>Side 1 writes with the key that side 2 reads with.</summary>
    internal static RecordKeys Of(bool isTls13, AeadAlgorithm algorithm, byte side)
    {
        var (read, write) = (Fill((byte)(3 - side)), Fill(side));
        if (isTls13)
        {
            return new RecordKeys(
                new TrafficSecret(algorithm, HashAlgorithmName.SHA256, read),
                new TrafficSecret(algorithm, HashAlgorithmName.SHA256, write));
        }

        var key = algorithm == AeadAlgorithm.Aes128Gcm ? 16 : 32;
        var iv = algorithm == AeadAlgorithm.ChaCha20Poly1305 ? 12 : 4;
        return new RecordKeys(
            new Tls12RecordProtection(algorithm, read.AsSpan(0, key), read.AsSpan(0, iv)),
            new Tls12RecordProtection(algorithm, write.AsSpan(0, key), write.AsSpan(0, iv)));
    }

    private static byte[] Fill(byte value) => [.. Enumerable.Repeat(value, 32)];
}
