using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TestKit.Hostile.Tls;

/// <summary>A scripted server of TLS 1.3.</summary>
public sealed class ScriptedTls13Server(TlsServerIdentity identity, byte[]? leaf = null) : ScriptedTlsServer
{
    private const int Secp256r1 = 23;

    /// <summary>The random that makes a ServerHello a HelloRetryRequest (RFC 8446 §4.1.3).</summary>
    private static readonly byte[] RetryRandom =
        Convert.FromHexString("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C");

    private static readonly byte[] SupportedVersions = [0, 43, 0, 2, 3, 4];

    private readonly KeySchedule _schedule = new();
    private GcmRecords? _handshake;

    /// <summary>Whether the client has sent a share that this server can use.</summary>
    public static bool CanAnswer(ReadOnlySpan<byte> clientHello) => ClientHello.Share(clientHello, Secp256r1).Length > 0;

    /// <summary>Asks for another ClientHello, with a share of <paramref name="group"/>.</summary>
    public byte[] Retry(ReadOnlySpan<byte> clientHello, int group = Secp256r1)
    {
        _schedule.Retry(clientHello[RecordHeaderLength..]);
        var hello = Hello(RetryRandom, ClientHello.SessionId(clientHello), [0, 51, 0, 2, (byte)(group >> 8), (byte)group]);
        _schedule.Add(hello);
        return Record(TlsRecordType.Handshake, hello);
    }

    /// <summary>ServerHello, EncryptedExtensions, Certificate, CertificateVerify, Finished.</summary>
    /// <param name="clientHello">The record it came in.</param>
    /// <param name="only">Which of them, by their place; the later ones are made as if the missing had never been due.</param>
    public IList<byte[]> Answer(ReadOnlySpan<byte> clientHello, IReadOnlyCollection<int>? only = null)
    {
        _schedule.Add(clientHello[RecordHeaderLength..]);
        var serverHello = ServerHello(clientHello);
        _schedule.Add(serverHello);
        _schedule.Agree(Agree(ClientHello.Share(clientHello, Secp256r1)));
        _handshake = _schedule.ServerHandshake;

        List<byte[]> messages = [serverHello];
        Func<byte[]>[] makers =
        [
            () => Message(8, [0, 0]), Certificate, CertificateVerify, () => Message(20, _schedule.ServerFinished()),
        ];
        foreach (var (maker, i) in makers.Select((maker, i) => (maker, i + 1)))
        {
            if (only is null || only.Contains(i))
            {
                var message = maker();
                messages.Add(message);
                _schedule.Add(message);
            }
        }

        Sealing = _schedule.ServerApplication();
        return messages;
    }

    /// <summary>Each message in a record of its own, protected but for a ServerHello.</summary>
    public byte[] Handshake(IEnumerable<byte[]> messages) => [.. messages.SelectMany(Handshake)];

    /// <summary>The message in a record of its own, protected but for a ServerHello.</summary>
    public byte[] Handshake(byte[] message) => message is [2, ..]
        ? Record(TlsRecordType.Handshake, message)
        : [.. Fragments(message).SelectMany(part => ProtectInHandshake(TlsRecordType.Handshake, part))];

    /// <summary>Anything under the keys of the handshake.</summary>
    public byte[] ProtectInHandshake(TlsRecordType type, ReadOnlySpan<byte> content) => _handshake!.Seal(type, content);

    protected override void Dispose(bool disposing)
    {
        _handshake?.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Hello(byte[] random, byte[] sessionId, byte[] keyShare)
    {
        byte[] extensions = [.. SupportedVersions, .. keyShare];
        return Message(
            2, [3, 3, .. random, (byte)sessionId.Length, .. sessionId, 0x13, 0x01, 0, 0, (byte)extensions.Length, .. extensions]);
    }

    private byte[] ServerHello(ReadOnlySpan<byte> clientHello) =>
        Hello(RandomNumberGenerator.GetBytes(32), ClientHello.SessionId(clientHello), [0, 51, 0, 69, 0, 23, 0, 65, .. Share]);

    private byte[] Certificate()
    {
        byte[][] chain = [leaf ?? identity.Certificate.RawData, identity.Issuer.RawData];
        return Message(11, [0, .. Opaque24([.. chain.SelectMany(der => (byte[])[.. Opaque24(der), 0, 0])])]);
    }

    private byte[] CertificateVerify()
    {
        byte[] signed = [.. Enumerable.Repeat((byte)0x20, 64), .. "TLS 1.3, server CertificateVerify\0"u8, .. _schedule.Transcript];
        using var key = identity.Certificate.GetECDsaPrivateKey()!;
        var signature = key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Message(15, [4, 3, 0, (byte)signature.Length, .. signature]);
    }

    /// <summary>The parts of a ClientHello record that the server answers to.</summary>
    private static class ClientHello
    {
        private const int SessionIdAt = RecordHeaderLength + 4 + 2 + 32;
        private const int KeyShare = 51;

        internal static byte[] SessionId(ReadOnlySpan<byte> hello) => hello.Slice(SessionIdAt + 1, hello[SessionIdAt]).ToArray();

        /// <returns>The client's point; empty when it has sent none of this group.</returns>
        internal static byte[] Share(ReadOnlySpan<byte> hello, int group)
        {
            var rest = hello[(SessionIdAt + 1 + hello[SessionIdAt])..];
            rest = rest[(2 + BinaryPrimitives.ReadUInt16BigEndian(rest))..]; // cipher suites
            rest = rest[(1 + rest[0] + 2)..];                                // compression methods, length of the extensions
            while (!rest.IsEmpty)
            {
                var body = rest.Slice(4, BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
                if (BinaryPrimitives.ReadUInt16BigEndian(rest) == KeyShare)
                {
                    return Find(body[2..], group);
                }

                rest = rest[(4 + body.Length)..];
            }

            return [];
        }

        private static byte[] Find(ReadOnlySpan<byte> shares, int group)
        {
            while (!shares.IsEmpty)
            {
                var share = shares.Slice(4, BinaryPrimitives.ReadUInt16BigEndian(shares[2..]));
                if (BinaryPrimitives.ReadUInt16BigEndian(shares) == group)
                {
                    return share.ToArray();
                }

                shares = shares[(4 + share.Length)..];
            }

            return [];
        }
    }
}
