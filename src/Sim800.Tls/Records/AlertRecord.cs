using System.Buffers;
using System.Runtime.InteropServices;

namespace Sim800.Tls.Records;

/// <summary>An alert as it travels: level and description (RFC 5246 §7.2).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AlertRecord(AlertLevel Level, TlsAlert Description)
{
    /// <summary>Whether the sender keeps the connection open after it.</summary>
    internal bool IsWarning => Level == AlertLevel.Warning;

    /// <exception cref="TlsProtocolException">It is not one whole alert: nobody fragments two bytes.</exception>
    internal static AlertRecord Read(ReadOnlySpan<byte> content)
    {
        if (content.Length != 2 || content[0] is not ((byte)AlertLevel.Warning or (byte)AlertLevel.Fatal))
        {
            throw new TlsProtocolException(TlsViolation.Malformed, TlsAlert.DecodeError);
        }

        return new AlertRecord((AlertLevel)content[0], (TlsAlert)content[1]);
    }

    internal void Write(RecordProtection protection, IBufferWriter<byte> output) =>
        protection.WriteRecord(ContentType.Alert, [(byte)Level, (byte)Description], output);

    /// <summary>Writes it unprotected, as it is before the first key is in use.</summary>
    internal void Write(IBufferWriter<byte> output)
    {
        var record = output.GetSpan(RecordHeader.Size + 2);
        RecordHeader.Write(record, ContentType.Alert, 2);
        record[RecordHeader.Size] = (byte)Level;
        record[RecordHeader.Size + 1] = (byte)Description;
        output.Advance(RecordHeader.Size + 2);
    }
}

/// <summary>How an alert is meant (RFC 5246 §7.2); TLS 1.3 ignores it.</summary>
internal enum AlertLevel : byte
{
    Warning = 1,
    Fatal = 2,
}
