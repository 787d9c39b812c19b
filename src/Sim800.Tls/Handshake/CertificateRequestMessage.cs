using System.Buffers.Binary;

namespace Sim800.Tls.Handshake;

/// <summary>
/// A CertificateRequest without the names of the authorities that the server accepts: we make no use of them, and they are DER of
/// whoever sits on the way.
/// </summary>
internal static class CertificateRequestMessage
{
    private const ushort CertificateAuthorities = 47;

    /// <summary>TLS 1.2 (RFC 5246 §7.4.4).</summary>
    /// <exception cref="TlsProtocolException">It is cut short.</exception>
    internal static byte[] WithoutAuthorities(ReadOnlySpan<byte> body)
    {
        var rest = body;
        TlsVector.Take(ref rest, lengthSize: 1); // types of certificate
        TlsVector.Take(ref rest, lengthSize: 2); // signature algorithms
        var start = body[..^rest.Length];
        TlsVector.Take(ref rest, lengthSize: 2);
        TlsVector.Require(rest.IsEmpty);
        return [.. start, 0, 0];
    }

    /// <summary>TLS 1.3 (RFC 8446 §4.3.2).</summary>
    /// <exception cref="TlsProtocolException">It is cut short.</exception>
    internal static byte[] WithoutAuthorities13(ReadOnlySpan<byte> body)
    {
        var rest = body;
        TlsVector.Take(ref rest, lengthSize: 1); // context
        var start = body[..^rest.Length];
        var extensions = TlsVector.Take(ref rest, lengthSize: 2);
        TlsVector.Require(rest.IsEmpty);
        var kept = new List<byte>();
        while (!extensions.IsEmpty)
        {
            var one = extensions;
            TlsVector.Require(extensions.Length >= 2);
            extensions = extensions[2..];
            TlsVector.Take(ref extensions, lengthSize: 2);
            if (BinaryPrimitives.ReadUInt16BigEndian(one) != CertificateAuthorities)
            {
                kept.AddRange(one[..^extensions.Length]);
            }
        }

        return [.. start, (byte)(kept.Count >> 8), (byte)kept.Count, .. kept];
    }
}
