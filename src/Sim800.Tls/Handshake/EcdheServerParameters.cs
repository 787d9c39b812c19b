using System.Buffers.Binary;

namespace Sim800.Tls.Handshake;

/// <summary>The server's ephemeral key: a named group and a point (RFC 8422 §5.4).</summary>
internal readonly record struct EcdheServerParameters(int Group, byte[] PublicKey)
{
    private const int NamedCurve = 3;

    /// <exception cref="TlsProtocolException">It is cut short or names no group that was offered.</exception>
    internal static EcdheServerParameters Read(Stream input)
    {
        Span<byte> header = stackalloc byte[4];
        if (input.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            throw new TlsProtocolException(TlsViolation.Malformed, TlsAlert.DecodeError);
        }

        var group = BinaryPrimitives.ReadUInt16BigEndian(header[1..]);
        if (header[0] != NamedCurve || !EcdheKeyAgreement.Offered.Contains(group))
        {
            throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter);
        }

        var point = new byte[header[3]];
        return input.ReadAtLeast(point, point.Length, throwOnEndOfStream: false) == point.Length
            ? new EcdheServerParameters(group, point)
            : throw new TlsProtocolException(TlsViolation.Malformed, TlsAlert.DecodeError);
    }

    /// <summary>What the server signs: both randoms and the parameters as they travelled.</summary>
    internal byte[] SignedWith(byte[] clientRandom, byte[] serverRandom) =>
        [.. clientRandom, .. serverRandom, NamedCurve, (byte)(Group >> 8), (byte)Group, (byte)PublicKey.Length, .. PublicKey];
}
