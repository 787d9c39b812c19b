using System.Security.Cryptography;
using System.Text;

namespace TestKit.Hostile.Tls;

/// <summary>The secrets of TLS 1.3 and the transcript they depend on (RFC 8446 §7.1), for SHA-256.</summary>
internal sealed class KeySchedule
{
    private const int HashLength = 32;

    private readonly List<byte> _transcript = [];
    private byte[] _handshakeSecret = [];
    private byte[] _serverHandshakeSecret = [];

    /// <summary>The hash of all messages so far.</summary>
    internal byte[] Transcript => SHA256.HashData(_transcript.ToArray());

    internal GcmRecords ServerHandshake => Protection(_serverHandshakeSecret);

    internal void Add(ReadOnlySpan<byte> message) => _transcript.AddRange(message);

    /// <summary>A first ClientHello is replaced by its hash (RFC 8446 §4.4.1).</summary>
    internal void Retry(ReadOnlySpan<byte> clientHello)
    {
        _transcript.Clear();
        _transcript.AddRange([254, 0, 0, HashLength, .. SHA256.HashData(clientHello)]);
    }

    /// <summary>The shared secret is known, and ServerHello is the last message.</summary>
    internal void Agree(byte[] shared)
    {
        var early = HKDF.Extract(HashAlgorithmName.SHA256, new byte[HashLength], new byte[HashLength]);
        _handshakeSecret = HKDF.Extract(HashAlgorithmName.SHA256, shared, Derived(early));
        _serverHandshakeSecret = Expand(_handshakeSecret, "s hs traffic", Transcript);
    }

    /// <summary>The content of Finished after the messages so far.</summary>
    internal byte[] ServerFinished() => HMACSHA256.HashData(Expand(_serverHandshakeSecret, "finished", []), Transcript);

    /// <summary>What protects the server's data; Finished is the last message.</summary>
    internal GcmRecords ServerApplication()
    {
        var master = HKDF.Extract(HashAlgorithmName.SHA256, new byte[HashLength], Derived(_handshakeSecret));
        return Protection(Expand(master, "s ap traffic", Transcript));
    }

    /// <summary>The keys of one direction (RFC 8446 §7.3).</summary>
    private static Gcm13Records Protection(byte[] secret) => new(Expand(secret, "key", [], 16), Expand(secret, "iv", [], 12));

    private static byte[] Derived(byte[] secret) => Expand(secret, "derived", SHA256.HashData([]));

    /// <summary>HKDF-Expand-Label (RFC 8446 §7.1).</summary>
    private static byte[] Expand(byte[] secret, string label, byte[] context, int length = HashLength)
    {
        byte[] name = [.. "tls13 "u8, .. Encoding.ASCII.GetBytes(label)];
        byte[] info = [0, (byte)length, (byte)name.Length, .. name, (byte)context.Length, .. context];
        return HKDF.Expand(HashAlgorithmName.SHA256, secret, length, info);
    }
}
