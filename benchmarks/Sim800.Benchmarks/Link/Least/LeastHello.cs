using System.Buffers.Binary;
using System.Text;

namespace Sim800.Benchmarks.Link.Least;

/// <summary>
/// The smallest ClientHello with which a server does what the product needs of it. Bytes, so that a test can show them to the server; the limit
/// takes their number. In all of them one suite, one curve and one signature algorithm: a client that knows its server needs no more.
/// </summary>
internal static class LeastHello
{
    private const int X25519 = 0x001D;
    private const int Secp256R1 = 0x0017;
    private const int EcdsaSha256 = 0x0403;
    private const int SecureRenegotiation = 0x00FF; // RFC 5746 §3.3: two bytes among the suites instead of five among the extensions

    /// <summary>
    /// TLS 1.2 with a certificate: the name, a curve, a signature algorithm, the extended master secret. The curve of the certificate's key must be
    /// among those of the client too (RFC 8422 §5.1).
    /// </summary>
    internal static byte[] Tls12(string serverName, int suite) =>
        Hello([suite, SecureRenegotiation], [ServerName(serverName), Groups(X25519, Secp256R1), SignatureAlgorithms(), ExtendedMasterSecret()]);

    /// <summary>The same with a ticket. Curve and signature algorithm are for a server that does not take it, and the least does not count on that.</summary>
    internal static byte[] Tls12Resumed(string serverName, int suite, int ticket) =>
        Hello([suite, SecureRenegotiation], [ServerName(serverName), ExtendedMasterSecret(), Extension(35, new byte[ticket])]);

    /// <summary>A pre-shared key proves both sides: no name and no signature.</summary>
    internal static byte[] EcdhePsk(int suite) => Hello([suite, SecureRenegotiation], [Groups(X25519), ExtendedMasterSecret()]);

    /// <summary>TLS 1.3 without the disguise as 1.2.</summary>
    internal static byte[] Tls13(string serverName, int suite) =>
        Hello([suite], [ServerName(serverName), Groups(X25519), SignatureAlgorithms(), Versions(), KeyShare()]);

    /// <summary>The same with a ticket, whose binder is of SHA-256.</summary>
    internal static byte[] Tls13Resumed(string serverName, int suite, int ticket) =>
        Hello([suite], [ServerName(serverName), Groups(X25519), Versions(), KeyShare(), Extension(45, [1, 1]), PreSharedKey(ticket)]);

    private static byte[] Hello(int[] suites, byte[][] extensions)
    {
        var random = new byte[32];
        byte[] body = [3, 3, .. random, 0, .. Vector(2, [.. suites.SelectMany(TwoBytes)]), 1, 0, .. Vector(2, [.. extensions.SelectMany(extension => extension)])];
        byte[] message = [1, .. Vector(3, body)];
        return [22, 3, 1, .. Vector(2, message)];
    }

    private static byte[] ServerName(string name) => Extension(0, Vector(2, [0, .. Vector(2, Encoding.ASCII.GetBytes(name))]));

    private static byte[] Groups(params int[] curves) => Extension(10, Vector(2, [.. curves.SelectMany(TwoBytes)]));

    private static byte[] SignatureAlgorithms() => Extension(13, Vector(2, TwoBytes(EcdsaSha256)));

    private static byte[] ExtendedMasterSecret() => Extension(23, []);

    private static byte[] Versions() => Extension(43, Vector(1, [3, 4]));

    /// <summary>The base point: a key like any other to the server.</summary>
    private static byte[] KeyShare() => Extension(51, Vector(2, [.. TwoBytes(X25519), .. Vector(2, [9, .. new byte[31]])]));

    private static byte[] PreSharedKey(int ticket) =>
        Extension(41, [.. Vector(2, [.. Vector(2, new byte[ticket]), .. new byte[4]]), .. Vector(2, Vector(1, new byte[32]))]);

    private static byte[] Extension(int type, byte[] data) => [.. TwoBytes(type), .. Vector(2, data)];

    private static byte[] Vector(int lengthBytes, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length[^lengthBytes..], .. data];
    }

    private static byte[] TwoBytes(int value) => [(byte)(value >> 8), (byte)value];
}
