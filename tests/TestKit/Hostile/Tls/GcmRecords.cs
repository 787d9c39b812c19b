using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TestKit.Hostile.Tls;

/// <summary>One direction of a connection under AES-128-GCM, made from the standards and not from the code under test.</summary>
internal abstract class GcmRecords(ReadOnlySpan<byte> key) : IDisposable
{
    private protected const int NonceLength = 12;
    private protected const int TagLength = 16;

    private protected AesGcm Cipher { get; } = new(key, TagLength);

    private protected ulong SequenceNumber { get; set; }

    public void Dispose() => Cipher.Dispose();

    /// <summary>The next record, with its header.</summary>
    internal abstract byte[] Seal(TlsRecordType type, ReadOnlySpan<byte> content);

    private protected byte[] SequenceBytes()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, SequenceNumber);
        return bytes;
    }
}

/// <summary>Of TLS 1.2: half of the nonce is carried in the record (RFC 5288 §3, RFC 5246 §6.2.3.3).</summary>
internal sealed class Gcm12Records(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt) : GcmRecords(key)
{
    private const int ExplicitNonceLength = 8;

    private readonly byte[] _salt = salt.ToArray();

    internal override byte[] Seal(TlsRecordType type, ReadOnlySpan<byte> content)
    {
        var sequence = SequenceBytes();
        var sealedContent = new byte[content.Length];
        var tag = new byte[TagLength];
        Cipher.Encrypt([.. _salt, .. sequence], content, sealedContent, tag, Authenticated(type, content.Length));
        SequenceNumber++;
        return ScriptedTlsServer.Record(type, [.. sequence, .. sealedContent, .. tag]);
    }

    /// <returns>The content; empty when the fragment is no record of this connection.</returns>
    internal byte[] Open(TlsRecordType type, ReadOnlySpan<byte> fragment)
    {
        var length = fragment.Length - ExplicitNonceLength - TagLength;
        if (length < 0)
        {
            return [];
        }

        var content = new byte[length];
        try
        {
            Cipher.Decrypt(
                [.. _salt, .. fragment[..ExplicitNonceLength]], fragment.Slice(ExplicitNonceLength, length), fragment[^TagLength..], content, Authenticated(type, length));
            SequenceNumber++;
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return []; // the client has seen something else than was sent
        }
    }

    private byte[] Authenticated(TlsRecordType type, int length) =>
        [.. SequenceBytes(), (byte)type, 3, 3, (byte)(length >> 8), (byte)length];
}

/// <summary>Of TLS 1.3: the type stands behind the content, and the nonce is counted (RFC 8446 §5.2, §5.3).</summary>
internal sealed class Gcm13Records(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv) : GcmRecords(key)
{
    private readonly byte[] _iv = iv.ToArray();

    internal override byte[] Seal(TlsRecordType type, ReadOnlySpan<byte> content)
    {
        byte[] nonce = [.. _iv];
        foreach (var (octet, i) in SequenceBytes().Select((octet, i) => (octet, i)))
        {
            nonce[NonceLength - 8 + i] ^= octet;
        }

        byte[] inner = [.. content, (byte)type];
        var header = ScriptedTlsServer.Header(TlsRecordType.ApplicationData, inner.Length + TagLength);
        var sealedContent = new byte[inner.Length];
        var tag = new byte[TagLength];
        Cipher.Encrypt(nonce, inner, sealedContent, tag, header);
        SequenceNumber++;
        return [.. header, .. sealedContent, .. tag];
    }
}
