using System.Buffers;

namespace Sim800.Tls.Records;

/// <summary>Protects or opens the records of one direction; counts them, because the number is part of the nonce.</summary>
internal abstract class RecordProtection(AeadCipher cipher) : IDisposable
{
    /// <summary>Bytes a record is longer than what it carries, header aside.</summary>
    internal abstract int Expansion { get; }

    private protected AeadCipher Cipher { get; } = cipher;

    private protected ulong SequenceNumber { get; private set; }

    public void Dispose() => Cipher.Dispose();

    /// <summary>Writes <paramref name="plaintext"/> as one record.</summary>
    internal void WriteRecord(ContentType type, ReadOnlySpan<byte> plaintext, IBufferWriter<byte> output)
    {
        var fragment = plaintext.Length + Expansion;
        var record = output.GetSpan(RecordHeader.Size + fragment)[..(RecordHeader.Size + fragment)];
        RecordHeader.Write(record, OuterType(type), fragment);
        Seal(type, plaintext, record[RecordHeader.Size..]);
        output.Advance(record.Length);
    }

    /// <summary>Seals <paramref name="plaintext"/> into a fragment of exactly <see cref="Expansion"/> bytes more.</summary>
    internal void Seal(ContentType type, ReadOnlySpan<byte> plaintext, Span<byte> fragment)
    {
        SealCore(type, plaintext, fragment);
        SequenceNumber = checked(SequenceNumber + 1);
    }

    /// <summary>Opens a fragment.</summary>
    /// <param name="type">In: the type in the header. Out: the type of the content.</param>
    /// <param name="fragment">The record without its header.</param>
    /// <param name="content">Where the content goes: at least as long as the fragment.</param>
    /// <returns>The length of the content.</returns>
    /// <exception cref="TlsProtocolException">The record was not made by the holder of the key, or holds too much.</exception>
    internal int Open(ref ContentType type, ReadOnlySpan<byte> fragment, Span<byte> content)
    {
        var length = OpenCore(ref type, fragment, content);
        SequenceNumber = checked(SequenceNumber + 1);
        return length;
    }

    private protected abstract ContentType OuterType(ContentType type);

    private protected abstract void SealCore(ContentType type, ReadOnlySpan<byte> plaintext, Span<byte> fragment);

    private protected abstract int OpenCore(ref ContentType type, ReadOnlySpan<byte> fragment, Span<byte> content);
}
