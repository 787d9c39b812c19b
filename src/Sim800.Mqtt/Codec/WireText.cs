using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sim800.Mqtt.Codec;

/// <summary>Two-byte integers, length-prefixed UTF-8 strings and length-prefixed bytes (MQTT 3.1.1 §1.5).</summary>
internal static class WireText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A set, because a search of a range allocates until the runtime has optimized it.</summary>
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(1, 0x1F).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code)]);

    internal static int SizeOf(string text) => sizeof(ushort) + Strict.GetByteCount(text);

    internal static bool IsValid(string text) => FaultOf(text, out _) is null;

    /// <exception cref="ArgumentException">The text cannot be said in MQTT: lone surrogate, U+0000, or over 65,535 bytes.</exception>
    internal static void ThrowIfInvalid(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        if (FaultOf(text, out var cause) is { } fault)
        {
            throw new ArgumentException(fault, parameter, cause);
        }
    }

    /// <summary>Control characters SHOULD NOT be sent (MQTT 3.1.1 §1.5.3), and some servers hang up on them.</summary>
    /// <exception cref="ArgumentException">The text holds one of U+0001 to U+001F or U+007F to U+009F.</exception>
    internal static void ThrowIfControl(string text, string parameter)
    {
        var first = text.AsSpan().IndexOfAny(Controls);
        if (first >= 0)
        {
            throw new ArgumentException(
                $"The topic holds the control character U+{(int)text[first]:X4}, on which some servers hang up; "
                + $"{nameof(MqttClientOptions)}.{nameof(MqttClientOptions.AllowControlCharacters)} sends it all the same.",
                parameter);
        }
    }

    internal static void WriteUInt16(IBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(sizeof(ushort)), value);
        output.Advance(sizeof(ushort));
    }

    internal static void WriteString(IBufferWriter<byte> output, string text)
    {
        var length = Strict.GetByteCount(text);
        WriteUInt16(output, checked((ushort)length));
        output.Advance(Strict.GetBytes(text, output.GetSpan(length)));
    }

    internal static void WriteBytes(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        WriteUInt16(output, checked((ushort)bytes.Length));
        output.Write(bytes);
    }

    internal static byte ReadByte(ref SequenceReader<byte> reader) =>
        reader.TryRead(out var value) ? value : throw new MqttProtocolException(MqttProtocolError.TruncatedBody);

    internal static ushort ReadUInt16(ref SequenceReader<byte> reader) =>
        reader.TryReadBigEndian(out short value)
            ? (ushort)value
            : throw new MqttProtocolException(MqttProtocolError.TruncatedBody);

    internal static ushort ReadPacketId(ref SequenceReader<byte> reader)
    {
        var id = ReadUInt16(ref reader);
        return id != 0 ? id : throw new MqttProtocolException(MqttProtocolError.InvalidPacketId);
    }

    internal static ReadOnlySequence<byte> ReadBytes(ref SequenceReader<byte> reader)
    {
        var length = ReadUInt16(ref reader);
        return reader.TryReadExact(length, out var bytes)
            ? bytes
            : throw new MqttProtocolException(MqttProtocolError.TruncatedBody);
    }

    internal static string ReadString(ref SequenceReader<byte> reader) => Decode(ReadBytes(ref reader));

    internal static string Decode(in ReadOnlySequence<byte> bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw new MqttProtocolException(MqttProtocolError.InvalidUtf8)
                : text;
        }
        catch (DecoderFallbackException e)
        {
            throw new MqttProtocolException(MqttProtocolError.InvalidUtf8, e);
        }
    }

    internal static void ThrowIfNotAtEnd(in SequenceReader<byte> reader)
    {
        if (!reader.End)
        {
            throw new MqttProtocolException(MqttProtocolError.TrailingBytes);
        }
    }

    /// <returns>Why the text cannot be said in MQTT, as a sentence; <c>null</c> when it can.</returns>
    private static string? FaultOf(string text, out EncoderFallbackException? cause)
    {
        cause = null;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return "A string in MQTT cannot hold U+0000.";
        }

        try
        {
            return Strict.GetByteCount(text) > ushort.MaxValue ? "A string in MQTT has at most 65,535 bytes of UTF-8." : null;
        }
        catch (EncoderFallbackException e)
        {
            cause = e;
            return "A string in MQTT cannot hold half of a surrogate pair.";
        }
    }
}
