using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Prng;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>The random numbers of the operating system for BouncyCastle, in place of its own generator.</summary>
internal sealed class SystemRandom : IRandomGenerator
{
    public void AddSeedMaterial(byte[] seed)
    {
        // The operating system needs no seed from us.
    }

    public void AddSeedMaterial(ReadOnlySpan<byte> seed)
    {
        // The operating system needs no seed from us.
    }

    public void AddSeedMaterial(long seed)
    {
        // The operating system needs no seed from us.
    }

    public void NextBytes(byte[] bytes) => RandomNumberGenerator.Fill(bytes);

    public void NextBytes(byte[] bytes, int start, int len) => RandomNumberGenerator.Fill(bytes.AsSpan(start, len));

    public void NextBytes(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
