using System.Buffers.Binary;

namespace Sim800.Tls.Records;

/// <summary>Records of TLS 1.3: the type is encrypted behind the content, padding follows it (RFC 8446 §5.2 to §5.4).</summary>
internal sealed class Tls13RecordProtection(AeadAlgorithm algorithm, ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv)
    : RecordProtection(new AeadCipher(algorithm, key))
{
    private readonly byte[] _iv = iv.ToArray();

    internal override int Expansion => 1 + AeadCipher.TagSize;

    private protected override ContentType OuterType(ContentType type) => ContentType.ApplicationData;

    private protected override void SealCore(ContentType type, ReadOnlySpan<byte> plaintext, Span<byte> fragment)
    {
        Span<byte> nonce = stackalloc byte[AeadCipher.NonceSize];
        MakeNonce(nonce);
        Span<byte> header = stackalloc byte[RecordHeader.Size];
        RecordHeader.Write(header, ContentType.ApplicationData, fragment.Length);

        plaintext.CopyTo(fragment);
        fragment[plaintext.Length] = (byte)type;
        Cipher.Encrypt(nonce, fragment[..(plaintext.Length + 1)], fragment, header);
    }

    private protected override int OpenCore(ref ContentType type, ReadOnlySpan<byte> fragment, Span<byte> content)
    {
        if (type != ContentType.ApplicationData)
        {
            throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.UnexpectedMessage);
        }

        var length = fragment.Length - AeadCipher.TagSize;
        if (length < 1)
        {
            throw new TlsProtocolException(TlsViolation.Malformed, TlsAlert.DecodeError);
        }

        if (length > RecordHeader.MaxPlaintext + 1)
        {
            throw new TlsProtocolException(TlsViolation.RecordTooLong, TlsAlert.RecordOverflow);
        }

        Span<byte> nonce = stackalloc byte[AeadCipher.NonceSize];
        MakeNonce(nonce);
        Span<byte> header = stackalloc byte[RecordHeader.Size];
        RecordHeader.Write(header, ContentType.ApplicationData, fragment.Length);
        var inner = content[..length];
        Cipher.Decrypt(nonce, fragment, inner, header);
        return CutTypeAndPadding(ref type, inner);
    }

    private static int CutTypeAndPadding(ref ContentType type, ReadOnlySpan<byte> inner)
    {
        var end = inner.LastIndexOfAnyExcept((byte)0);
        if (end < 0)
        {
            throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.UnexpectedMessage);
        }

        type = (ContentType)inner[end];
        return end;
    }

    private void MakeNonce(Span<byte> nonce)
    {
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], SequenceNumber);
        nonce[..4].Clear();
        for (var i = 0; i < nonce.Length; i++)
        {
            nonce[i] ^= _iv[i];
        }
    }
}
