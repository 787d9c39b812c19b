using System.Buffers.Binary;

namespace Sim800.Tls.Handshake;

/// <summary>Vectors of variable length: a length, big endian, and so many octets (RFC 5246 §4.3).</summary>
internal static class TlsVector
{
    /// <summary>Takes a vector off the front of <paramref name="rest"/>.</summary>
    /// <param name="rest">What has not been taken.</param>
    /// <param name="lengthSize">How many octets the length has: 1 to 3.</param>
    /// <exception cref="TlsProtocolException">It is cut short.</exception>
    internal static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int lengthSize)
    {
        Require(rest.Length >= lengthSize);
        Span<byte> wide = stackalloc byte[sizeof(int)];
        wide.Clear();
        rest[..lengthSize].CopyTo(wide[^lengthSize..]);
        var length = BinaryPrimitives.ReadInt32BigEndian(wide);
        rest = rest[lengthSize..];
        Require(length <= rest.Length);
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    /// <exception cref="TlsProtocolException">The condition does not hold: the message cannot be decoded.</exception>
    internal static void Require(bool condition)
    {
        if (!condition)
        {
            throw new TlsProtocolException(TlsViolation.Malformed, TlsAlert.DecodeError);
        }
    }
}
