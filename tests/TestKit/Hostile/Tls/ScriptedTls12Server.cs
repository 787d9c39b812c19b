using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TestKit.Hostile.Tls;

/// <summary>A scripted server of TLS 1.2 with the extended master secret.</summary>
public sealed class ScriptedTls12Server(TlsServerIdentity identity) : ScriptedTlsServer
{
    private const int KeyLength = 16;

    private readonly byte[] _random = RandomNumberGenerator.GetBytes(32);
    private readonly List<byte> _transcript = [];
    private byte[] _clientRandom = [];
    private byte[] _master = [];
    private Gcm12Records? _opening;

    /// <summary>The extensions of the ServerHello.</summary>
    public IReadOnlyList<byte> Extensions { get; init; } =
    [
        0xFF, 0x01, 0, 1, 0, // renegotiation_info, empty
        0, 23, 0, 0,         // extended_master_secret
        0, 11, 0, 2, 1, 0,   // ec_point_formats: uncompressed
    ];

    public int Version { get; init; } = 0x0303;

    /// <summary>Changes the parameters of the key exchange before they are signed.</summary>
    public Action<byte[]>? SpoilParameters { get; init; }

    public int Suite { get; init; } = 0xC02B;

    /// <summary>The server's own certificate, in place of the identity's.</summary>
    public byte[] Leaf { get; init; } = identity.Certificate.RawData;

    /// <summary>What is sent behind it.</summary>
    public IReadOnlyList<byte[]> Others { get; init; } = [identity.Issuer.RawData];

    /// <summary>The answer to a ClientHello: ServerHello, Certificate, ServerKeyExchange, ServerHelloDone.</summary>
    public IList<byte[]> Answer(ReadOnlySpan<byte> clientHello)
    {
        _clientRandom = clientHello.Slice(RecordHeaderLength + 6, 32).ToArray();
        _transcript.AddRange(clientHello[RecordHeaderLength..].ToArray());
        List<byte[]> messages = [ServerHello(), Certificate(), ServerKeyExchange(), Message(14, [])];
        _transcript.AddRange(messages.SelectMany(message => message));
        return messages;
    }

    /// <summary>The answer to the client's second flight: the content of ChangeCipherSpec, and a protected Finished.</summary>
    public IReadOnlyList<byte[]> Finish(ReadOnlySpan<byte> clientFlight)
    {
        var exchange = NextRecord(ref clientFlight);
        _transcript.AddRange(exchange.ToArray());
        DeriveKeys(exchange[5..]);
        NextRecord(ref clientFlight); // ChangeCipherSpec
        _transcript.AddRange(_opening!.Open(TlsRecordType.Handshake, NextRecord(ref clientFlight)));

        var verifyData = Prf(_master, "server finished", SHA256.HashData(_transcript.ToArray()), 12);
        return [Record(TlsRecordType.ChangeCipherSpec, [1]), Protect(TlsRecordType.Handshake, Message(20, verifyData))];
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

    protected override void Dispose(bool disposing)
    {
        _opening?.Dispose();
        base.Dispose(disposing);
    }

    private byte[] ServerHello() => Message(2,
    [
        (byte)(Version >> 8), (byte)Version, .. _random, 0, (byte)(Suite >> 8), (byte)Suite, 0,
        (byte)(Extensions.Count >> 8), (byte)Extensions.Count, .. Extensions,
    ]);

    private byte[] Certificate()
    {
        byte[] list = [.. Opaque24(Leaf), .. Others.SelectMany(Opaque24)];
        return Message(11, Opaque24(list));
    }

    private byte[] ServerKeyExchange()
    {
        byte[] parameters = [3, 0, 23, 65, .. Share];
        SpoilParameters?.Invoke(parameters);
        using var key = identity.Certificate.GetECDsaPrivateKey()!;
        var signature = key.SignData(
            [.. _clientRandom, .. _random, .. parameters], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Message(12, [.. parameters, 4, 3, 0, (byte)signature.Length, .. signature]);
    }

    private void DeriveKeys(ReadOnlySpan<byte> point)
    {
        _master = Prf(Agree(point), "extended master secret", SHA256.HashData(_transcript.ToArray()), 48);
        var block = Prf(_master, "key expansion", [.. _random, .. _clientRandom], (2 * KeyLength) + 8);
        _opening = new Gcm12Records(block.AsSpan(0, KeyLength), block.AsSpan(2 * KeyLength, 4));
        Sealing = new Gcm12Records(block.AsSpan(KeyLength, KeyLength), block.AsSpan((2 * KeyLength) + 4, 4));
    }
}
