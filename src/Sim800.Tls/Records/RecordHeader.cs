using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sim800.Tls.Records;

/// <summary>The five bytes before every record (RFC 5246 §6.2.1).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordHeader(ContentType Type, int Length)
{
    internal const int Size = 5;

    /// <summary>The most plaintext a record holds (RFC 5246 §6.2.1).</summary>
    internal const int MaxPlaintext = 1 << 14;

    /// <summary>The most a protected record may hold (RFC 5246 §6.2.3).</summary>
    internal const int MaxFragment = MaxPlaintext + 2048;

    /// <summary>The version that it names, if it is one before TLS 1.2; the first records of any server may name an old one.</summary>
    internal string? OldVersion { get; init; }

    /// <summary>
    /// Looks for a whole record at the front of <paramref name="input"/>. A header that cannot belong to TLS is refused at
    /// its first wrong byte: whoever speaks another protocol may wait for us and never send five.
    /// </summary>
    /// <param name="input">What has come and not been taken.</param>
    /// <param name="stage">What came before it.</param>
    /// <param name="header">The header of a record that is there as a whole.</param>
    /// <returns><c>false</c> when more bytes are needed.</returns>
    /// <exception cref="TlsProtocolException">No TLS record starts like this.</exception>
    internal static bool TryRead(in ReadOnlySequence<byte> input, RecordStage stage, out RecordHeader header)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var available = (int)Math.Min(input.Length, Size);
        input.Slice(0, available).CopyTo(bytes);
        Check(bytes[..available], stage);
        header = default;
        if (available < Size)
        {
            return false;
        }

        header = new RecordHeader((ContentType)bytes[0], BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]))
        {
            OldVersion = bytes[2] switch { 0 => "SSL 3.0", 1 => "TLS 1.0", 2 => "TLS 1.1", _ => null },
        };
        if (header.Length > MaxFragment)
        {
            throw new TlsProtocolException(TlsViolation.RecordTooLong, TlsAlert.RecordOverflow);
        }

        return input.Length >= Size + header.Length;
    }

    internal static void Write(Span<byte> output, ContentType type, int length)
    {
        output[0] = (byte)type;
        output[1] = 3;
        output[2] = 3;
        BinaryPrimitives.WriteUInt16BigEndian(output[3..], (ushort)length);
    }

    private static void Check(ReadOnlySpan<byte> start, RecordStage stage)
    {
        var isTls = (start.Length < 1 || start[0] is >= (byte)ContentType.ChangeCipherSpec and <= (byte)ContentType.ApplicationData)
            && (start.Length < 2 || start[1] == 3)
            && (start.Length < 3 || (stage == RecordStage.Open ? start[2] == 3 : start[2] <= 4));
        if (!isTls)
        {
            // Behind records of TLS it is TLS that has lost or gained bytes on the way.
            var violation = stage == RecordStage.First ? TlsViolation.NotTls : TlsViolation.Malformed;
            throw new TlsProtocolException(violation, TlsAlert.UnexpectedMessage);
        }
    }
}
