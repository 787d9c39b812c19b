using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Records;
using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests.Hostile.Tls13;

/// <summary>
/// A server of TLS 1.3 (P-256, ECDSA, AES-128-GCM, SHA-256) that hands out its messages before they are protected and sent, so
/// that a test can spoil them. It believes itself, not the client: whatever was spoiled, it goes on with what it meant.
/// </summary>
internal sealed class ScriptedServer13(TestAuthority authority, byte[]? leaf = null) : IDisposable
{
    internal const ushort Secp256r1 = 23;

    /// <summary>The random that makes a ServerHello a HelloRetryRequest (RFC 8446 §4.1.3).</summary>
    private static readonly byte[] RetryRandom =
        Convert.FromHexString("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C");

    private static readonly byte[] SupportedVersions = [0, 43, 0, 2, 3, 4];

    private readonly ECDiffieHellman _ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly KeySchedule _schedule = new();
    private RecordProtection? _handshake;

    /// <summary>Protects what the server sends after its Finished.</summary>
    internal RecordProtection? Write { get; private set; }

    public void Dispose()
    {
        _ephemeral.Dispose();
        _handshake?.Dispose();
        Write?.Dispose();
    }

    /// <summary>Asks for another ClientHello, with a share of <paramref name="group"/>.</summary>
    internal byte[] Retry(ReadOnlySpan<byte> clientHello, ushort group = Secp256r1)
    {
        _schedule.Retry(clientHello[RecordHeader.Size..]);
        var hello = Hello(RetryRandom, ClientHello.SessionId(clientHello), [0, 51, 0, 2, (byte)(group >> 8), (byte)group]);
        _schedule.Add(hello);
        return ScriptedServer.Record(ContentType.Handshake, hello);
    }

    /// <summary>ServerHello, EncryptedExtensions, Certificate, CertificateVerify, Finished.</summary>
    /// <param name="clientHello">The record it came in.</param>
    /// <param name="only">Which of them, by their place; the later ones are made as if the missing had never been due.</param>
    internal List<byte[]> Answer(ReadOnlySpan<byte> clientHello, IReadOnlyCollection<int>? only = null)
    {
        _schedule.Add(clientHello[RecordHeader.Size..]);
        var serverHello = ServerHello(clientHello);
        _schedule.Add(serverHello);
        _schedule.Agree(Agree(ClientHello.Share(clientHello, Secp256r1)));
        _handshake = _schedule.ServerHandshake.CreateProtection();

        List<byte[]> messages = [serverHello];
        Func<byte[]>[] makers =
        [
            () => ScriptedServer.Message(8, [0, 0]), Certificate, CertificateVerify, () => ScriptedServer.Message(20, _schedule.ServerFinished()),
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

        Write = _schedule.ServerApplication().CreateProtection();
        return messages;
    }

    /// <summary>Each message in a record of its own, protected but for a ServerHello.</summary>
    internal byte[] Handshake(IEnumerable<byte[]> messages) => [.. messages.SelectMany(Handshake)];

    /// <summary>The message in a record of its own, protected but for a ServerHello.</summary>
    internal byte[] Handshake(byte[] message) => message is [2, ..]
        ? ScriptedServer.Record(ContentType.Handshake, message)
        : [.. message.Chunk(RecordHeader.MaxPlaintext).SelectMany(part => Protect(_handshake!, ContentType.Handshake, part))];

    /// <summary>Anything under the keys of the handshake.</summary>
    internal byte[] ProtectInHandshake(ContentType type, ReadOnlySpan<byte> content) => Protect(_handshake!, type, content);

    /// <summary>Anything under the keys of the data.</summary>
    internal byte[] Protect(ContentType type, ReadOnlySpan<byte> content) => Protect(Write!, type, content);

    private static byte[] Protect(RecordProtection protection, ContentType type, ReadOnlySpan<byte> content)
    {
        var record = new ArrayBufferWriter<byte>();
        protection.WriteRecord(type, content, record);
        return record.WrittenSpan.ToArray();
    }

    private static byte[] Hello(byte[] random, byte[] sessionId, byte[] keyShare)
    {
        byte[] extensions = [.. SupportedVersions, .. keyShare];
        return ScriptedServer.Message(
            2, [3, 3, .. random, (byte)sessionId.Length, .. sessionId, 0x13, 0x01, 0, 0, (byte)extensions.Length, .. extensions]);
    }

    private static byte[] Opaque24(byte[] bytes) =>
        [(byte)(bytes.Length >> 16), (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    private byte[] ServerHello(ReadOnlySpan<byte> clientHello)
    {
        var point = _ephemeral.ExportParameters(false).Q;
        return Hello(
            RandomNumberGenerator.GetBytes(32),
            ClientHello.SessionId(clientHello),
            [0, 51, 0, 69, 0, 23, 0, 65, 4, .. point.X!, .. point.Y!]);
    }

    private byte[] Agree(byte[] share)
    {
        var q = new ECPoint { X = share[1..33], Y = share[33..65] };
        using var client = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = q });
        return _ephemeral.DeriveRawSecretAgreement(client.PublicKey);
    }

    private byte[] Certificate()
    {
        byte[][] chain = [leaf ?? authority.Server.RawData, authority.Intermediate.RawData];
        return ScriptedServer.Message(11, [0, .. Opaque24([.. chain.SelectMany(der => (byte[])[.. Opaque24(der), 0, 0])])]);
    }

    private byte[] CertificateVerify()
    {
        byte[] signed = [.. Enumerable.Repeat((byte)0x20, 64), .. "TLS 1.3, server CertificateVerify\0"u8, .. _schedule.Transcript];
        using var key = authority.Server.GetECDsaPrivateKey()!;
        var signature = key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return ScriptedServer.Message(15, [4, 3, 0, (byte)signature.Length, .. signature]);
    }

    /// <summary>The parts of a ClientHello record that the server answers to.</summary>
    private static class ClientHello
    {
        private const int SessionIdAt = RecordHeader.Size + 4 + 2 + 32;
        private const ushort KeyShare = 51;

        internal static byte[] SessionId(ReadOnlySpan<byte> hello) => hello.Slice(SessionIdAt + 1, hello[SessionIdAt]).ToArray();

        /// <returns>The client's point; empty when it has sent none of this group.</returns>
        internal static byte[] Share(ReadOnlySpan<byte> hello, ushort group)
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

        private static byte[] Find(ReadOnlySpan<byte> shares, ushort group)
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

    /// <summary>Whether the client has sent a share that this server can use.</summary>
    internal static bool CanAnswer(ReadOnlySpan<byte> clientHello) => ClientHello.Share(clientHello, Secp256r1).Length > 0;
}
