using System.Buffers.Binary;

namespace Sim800.Tls.Records;

/// <summary>
/// Records of TLS 1.2 with AEAD: GCM carries eight bytes of its nonce in the record (RFC 5288 §3), ChaCha20-Poly1305
/// derives all of it from the sequence number (RFC 7905 §2) and so costs eight bytes less.
/// </summary>
internal sealed class Tls12RecordProtection(AeadAlgorithm algorithm, ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv)
    : RecordProtection(new AeadCipher(algorithm, key))
{
    private readonly byte[] _iv = iv.ToArray();
    private readonly int _explicitNonce = AeadCipher.NonceSize - iv.Length;

    internal override int Expansion => _explicitNonce + AeadCipher.TagSize;

    private protected override ContentType OuterType(ContentType type) => type;

    private protected override void SealCore(ContentType type, ReadOnlySpan<byte> plaintext, Span<byte> fragment)
    {
        Span<byte> sequence = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(sequence, SequenceNumber);
        sequence[..Math.Min(_explicitNonce, 8)].CopyTo(fragment);
        Span<byte> nonce = stackalloc byte[AeadCipher.NonceSize];
        MakeNonce(nonce, sequence);
        Span<byte> associatedData = stackalloc byte[13];
        MakeAssociatedData(associatedData, type, plaintext.Length);

        Cipher.Encrypt(nonce, plaintext, fragment[_explicitNonce..], associatedData);
    }

    private protected override int OpenCore(ref ContentType type, ReadOnlySpan<byte> fragment, Span<byte> content)
    {
        var length = fragment.Length - Expansion;
        if (length < 0)
        {
            throw new TlsProtocolException(TlsViolation.Malformed, TlsAlert.DecodeError);
        }

        if (length > RecordHeader.MaxPlaintext)
        {
            throw new TlsProtocolException(TlsViolation.RecordTooLong, TlsAlert.RecordOverflow);
        }

        Span<byte> variable = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(variable, SequenceNumber);
        fragment[.._explicitNonce].CopyTo(variable);
        Span<byte> nonce = stackalloc byte[AeadCipher.NonceSize];
        MakeNonce(nonce, variable);
        Span<byte> associatedData = stackalloc byte[13];
        MakeAssociatedData(associatedData, type, length);

        Cipher.Decrypt(nonce, fragment[_explicitNonce..], content[..length], associatedData);
        return length;
    }

    /// <summary>Salt and explicit part side by side (RFC 5288 §3), or IV and sequence number combined by XOR (RFC 7905 §2).</summary>
    private void MakeNonce(Span<byte> nonce, ReadOnlySpan<byte> variable)
    {
        nonce.Clear();
        _iv.CopyTo(nonce);
        for (var i = 0; i < variable.Length; i++)
        {
            nonce[AeadCipher.NonceSize - variable.Length + i] ^= variable[i];
        }
    }

    /// <summary>Sequence number, type, version and plaintext length (RFC 5246 §6.2.3.3).</summary>
    private void MakeAssociatedData(Span<byte> associatedData, ContentType type, int length)
    {
        BinaryPrimitives.WriteUInt64BigEndian(associatedData, SequenceNumber);
        RecordHeader.Write(associatedData[8..], type, length);
    }
}
