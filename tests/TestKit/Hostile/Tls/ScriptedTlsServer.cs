using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TestKit.Hostile.Tls;

/// <summary>
/// A server of TLS (P-256, ECDSA, AES-128-GCM, SHA-256) that hands out its messages before they are sent, so that a test can spoil them.
/// It believes itself, not the client: whatever was spoiled, it goes on with what it meant. A test feeds it by hand, or plays what it
/// hands out with a <see cref="PeerScript"/>.
/// </summary>
public abstract class ScriptedTlsServer : IDisposable
{
    private const int MaxPlaintext = 1 << 14;

    private readonly ECDiffieHellman _ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    private protected const int RecordHeaderLength = 5;

    /// <summary>The server's point, uncompressed.</summary>
    private protected byte[] Share => _ephemeral.ExportParameters(includePrivateParameters: false).Q is var q ? [4, .. q.X!, .. q.Y!] : [];

    /// <summary>Protects what the server sends after its Finished.</summary>
    private protected GcmRecords? Sealing { get; set; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A message of a handshake, with its header (RFC 8446 §4).</summary>
    public static byte[] Message(byte type, ReadOnlySpan<byte> body) => [type, .. Length24(body.Length), .. body];

    /// <summary>A record in the clear (RFC 8446 §5.1).</summary>
    public static byte[] Record(TlsRecordType type, ReadOnlySpan<byte> content) => [.. Header(type, content.Length), .. content];

    /// <summary>Messages in the clear, cut where one is longer than a record may be.</summary>
    public static byte[] Clear(IEnumerable<byte[]> messages) =>
        [.. messages.SelectMany(Fragments).SelectMany(part => Record(TlsRecordType.Handshake, part))];

    /// <summary>Anything under the keys of the data.</summary>
    public byte[] Protect(TlsRecordType type, ReadOnlySpan<byte> content) => Sealing!.Seal(type, content);

    internal static byte[] Header(TlsRecordType type, int length) => [(byte)type, 3, 3, (byte)(length >> 8), (byte)length];

    private protected static IEnumerable<byte[]> Fragments(byte[] message) => message.Chunk(MaxPlaintext);

    private protected static byte[] Opaque24(byte[] bytes) => [.. Length24(bytes.Length), .. bytes];

    private protected static ReadOnlySpan<byte> NextRecord(ref ReadOnlySpan<byte> input)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(input[3..]);
        var content = input.Slice(RecordHeaderLength, length);
        input = input[(RecordHeaderLength + length)..];
        return content;
    }

    /// <summary>What is shared with the owner of this point.</summary>
    private protected byte[] Agree(ReadOnlySpan<byte> point)
    {
        var q = new ECPoint { X = point.Slice(1, 32).ToArray(), Y = point.Slice(33, 32).ToArray() };
        using var client = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = q });
        return _ephemeral.DeriveRawSecretAgreement(client.PublicKey);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ephemeral.Dispose();
            Sealing?.Dispose();
        }
    }

    private static byte[] Length24(int length) => [(byte)(length >> 16), (byte)(length >> 8), (byte)length];
}
