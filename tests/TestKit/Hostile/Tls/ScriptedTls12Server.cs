using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sim800.Tls.Records;
using Sim800.Tls.Tests.Peers;

namespace Sim800.Tls.Tests.Hostile;

/// <summary>
/// A server of TLS 1.2 (ECDHE_ECDSA, AES-128-GCM, extended master secret) that hands out its messages before they are sent, so
/// that a test can spoil them. It believes itself, not the client: whatever was spoiled, it goes on with what it meant.
/// </summary>
internal sealed class ScriptedServer(TestAuthority authority) : IDisposable
{
    private const int KeyLength = 16;

    private readonly ECDiffieHellman _ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _random = RandomNumberGenerator.GetBytes(32);
    private readonly List<byte> _transcript = [];
    private byte[] _clientRandom = [];
    private byte[] _master = [];
    private RecordProtection? _read;

    /// <summary>Protects what the server sends after its Finished.</summary>
    internal RecordProtection? Write { get; private set; }

    /// <summary>The extensions of the ServerHello.</summary>
    internal byte[] Extensions { get; init; } =
    [
        0xFF, 0x01, 0, 1, 0, // renegotiation_info, empty
        0, 23, 0, 0,         // extended_master_secret
        0, 11, 0, 2, 1, 0,   // ec_point_formats: uncompressed
    ];

    internal ushort Version { get; init; } = 0x0303;

    /// <summary>Changes the parameters of the key exchange before they are signed.</summary>
    internal Action<byte[]>? SpoilParameters { get; init; }

    internal ushort Suite { get; init; } = 0xC02B;

    /// <summary>The server's own certificate, in place of the authority's.</summary>
    internal byte[] Leaf { get; init; } = authority.Server.RawData;

    /// <summary>What is sent behind it.</summary>
    internal IReadOnlyList<byte[]> Others { get; init; } = [authority.Intermediate.RawData];

    public void Dispose()
    {
        _ephemeral.Dispose();
        _read?.Dispose();
        Write?.Dispose();
    }

    internal static byte[] Message(byte type, ReadOnlySpan<byte> body) =>
        [type, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];

    internal static byte[] Record(ContentType type, ReadOnlySpan<byte> content) =>
        [(byte)type, 3, 3, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    internal static byte[] Handshake(IEnumerable<byte[]> messages) =>
        [.. messages.SelectMany(message => message.Chunk(RecordHeader.MaxPlaintext)).SelectMany(part => Record(ContentType.Handshake, part))];

    /// <summary>The answer to a ClientHello: ServerHello, Certificate, ServerKeyExchange, ServerHelloDone.</summary>
    internal List<byte[]> Answer(ReadOnlySpan<byte> clientHello)
    {
        _clientRandom = clientHello.Slice(RecordHeader.Size + 6, 32).ToArray();
        _transcript.AddRange(clientHello[RecordHeader.Size..].ToArray());
        List<byte[]> messages = [ServerHello(), Certificate(), ServerKeyExchange(), Message(14, [])];
        _transcript.AddRange(messages.SelectMany(message => message));
        return messages;
    }

    /// <summary>The answer to the client's second flight: the content of ChangeCipherSpec, and a protected Finished.</summary>
    internal List<byte[]> Finish(ReadOnlySpan<byte> clientFlight)
    {
        var exchange = NextRecord(ref clientFlight);
        _transcript.AddRange(exchange.ToArray());
        DeriveKeys(exchange[5..]);
        NextRecord(ref clientFlight); // ChangeCipherSpec
        _transcript.AddRange(OpenFinished(NextRecord(ref clientFlight)));

        var verifyData = Prf(_master, "server finished", SHA256.HashData(_transcript.ToArray()), 12);
        return [Record(ContentType.ChangeCipherSpec, [1]), Protect(ContentType.Handshake, Message(20, verifyData))];
    }

    internal byte[] Protect(ContentType type, ReadOnlySpan<byte> content)
    {
        var record = new ArrayBufferWriter<byte>();
        Write!.WriteRecord(type, content, record);
        return record.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> NextRecord(ref ReadOnlySpan<byte> input)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(input[3..]);
        var content = input.Slice(RecordHeader.Size, length);
        input = input[(RecordHeader.Size + length)..];
        return content;
    }

    internal static byte[] Prf(byte[] secret, string label, byte[] seed, int length)
    {
        byte[] labelled = [.. Encoding.ASCII.GetBytes(label), .. seed];
        var output = new List<byte>();
        var a = labelled;
        while (output.Count < length)
        {
            a = HMACSHA256.HashData(secret, a);
            output.AddRange(HMACSHA256.HashData(secret, (byte[])[.. a, .. labelled]));
        }

        return [.. output.Take(length)];
    }

    private byte[] ServerHello() => Message(2,
    [
        (byte)(Version >> 8), (byte)Version, .. _random, 0, (byte)(Suite >> 8), (byte)Suite, 0,
        (byte)(Extensions.Length >> 8), (byte)Extensions.Length, .. Extensions,
    ]);

    private byte[] Certificate()
    {
        byte[] list = [.. Opaque24(Leaf), .. Others.SelectMany(Opaque24)];
        return Message(11, Opaque24(list));
    }

    private static byte[] Opaque24(byte[] bytes) =>
        [(byte)(bytes.Length >> 16), (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    private byte[] ServerKeyExchange()
    {
        var point = _ephemeral.ExportParameters(false).Q;
        byte[] parameters = [3, 0, 23, 65, 4, .. point.X!, .. point.Y!];
        SpoilParameters?.Invoke(parameters);
        using var key = authority.Server.GetECDsaPrivateKey()!;
        var signature = key.SignData(
            [.. _clientRandom, .. _random, .. parameters], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Message(12, [.. parameters, 4, 3, 0, (byte)signature.Length, .. signature]);
    }

    private void DeriveKeys(ReadOnlySpan<byte> point)
    {
        var q = new ECPoint { X = point.Slice(1, 32).ToArray(), Y = point.Slice(33, 32).ToArray() };
        using var client = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = q });
        var premaster = _ephemeral.DeriveRawSecretAgreement(client.PublicKey);
        _master = Prf(premaster, "extended master secret", SHA256.HashData(_transcript.ToArray()), 48);
        var block = Prf(_master, "key expansion", [.. _random, .. _clientRandom], (2 * KeyLength) + 8);
        _read = new Tls12RecordProtection(AeadAlgorithm.Aes128Gcm, block.AsSpan(0, KeyLength), block.AsSpan(2 * KeyLength, 4));
        Write = new Tls12RecordProtection(
            AeadAlgorithm.Aes128Gcm, block.AsSpan(KeyLength, KeyLength), block.AsSpan((2 * KeyLength) + 4, 4));
    }

    private byte[] OpenFinished(ReadOnlySpan<byte> fragment)
    {
        var content = new byte[fragment.Length];
        var type = ContentType.Handshake;
        try
        {
            return content[.._read!.Open(ref type, fragment, content)];
        }
        catch (TlsProtocolException)
        {
            return []; // the client has seen something else than we have sent
        }
    }
}
