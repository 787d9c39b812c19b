using System.Buffers.Binary;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>
/// The two messages that hold DER of the server's: its certificates, and the authorities it accepts. BouncyCastle 1.8.10
/// decodes ASN.1 by recursion without a limit, so that a few kilobytes of anybody's nested sequences overflow the stack and
/// end the process. So it gets them without the DER, and our own strict reader is the first that looks at it.
/// </summary>
internal static class UndecodedMessages
{
    /// <summary>What BouncyCastle gets for a Certificate message: an empty list.</summary>
    internal static byte[] NoCertificates => [0, 0, 0];

    /// <summary>The certificates of a Certificate message in DER, the server's own first (RFC 5246 §7.4.2).</summary>
    /// <exception cref="TlsProtocolException">It is cut short, or there is none.</exception>
    internal static List<byte[]> ReadCertificates(ReadOnlySpan<byte> message)
    {
        var list = Take(ref message, lengthSize: 3);
        Require(message.IsEmpty && !list.IsEmpty);
        var certificates = new List<byte[]>();
        while (!list.IsEmpty)
        {
            certificates.Add(Take(ref list, lengthSize: 3).ToArray());
        }

        return certificates;
    }

    /// <summary>A CertificateRequest without the names of the authorities, of which we make no use (RFC 5246 §7.4.4).</summary>
    /// <exception cref="TlsProtocolException">It is cut short.</exception>
    internal static byte[] WithoutAuthorities(ReadOnlySpan<byte> message)
    {
        var rest = message;
        Take(ref rest, lengthSize: 1); // types of certificate
        Take(ref rest, lengthSize: 2); // signature algorithms
        var start = message[..^rest.Length];
        Take(ref rest, lengthSize: 2);
        Require(rest.IsEmpty);
        return [.. start, 0, 0];
    }

    /// <summary>Takes a vector off the front of <paramref name="rest"/>: its length, big endian, and so many octets.</summary>
    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int lengthSize)
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

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new TlsProtocolException(TlsViolation.Malformed, TlsAlert.DecodeError);
        }
    }
}
