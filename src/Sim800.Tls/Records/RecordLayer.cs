using System.Buffers;

namespace Sim800.Tls.Records;

/// <summary>
/// The life of a connection after its handshake: application data both ways, alerts, and the few handshake messages that
/// may still come. Pure; sends and receives without allocating.
/// </summary>
internal sealed class RecordLayer(RecordKeys keys, RecordLimits limits, IBufferWriter<byte> output) : IDisposable
{
    /// <summary>Working servers send one empty record before data, if at all.</summary>
    private const int MaxEmptyRecords = 16;

    private const int MaxWarnings = 4;

    private readonly PostHandshakeReader _handshake = new(keys, output);
    private int _emptyRecords;
    private int _warnings;

    /// <summary>The server sent close_notify.</summary>
    internal bool IsClosedByServer { get; private set; }

    public void Dispose() => keys.Dispose();

    /// <summary>Takes whole records off the front of <paramref name="input"/>.</summary>
    /// <exception cref="TlsException">The server broke the protocol or sent a fatal alert.</exception>
    internal void Receive(ref ReadOnlySequence<byte> input, IBufferWriter<byte> plaintext)
    {
        while (!IsClosedByServer && RecordHeader.TryRead(input, RecordStage.Open, out var header))
        {
            var fragment = input.Slice(RecordHeader.Size, header.Length);
            input = input.Slice(fragment.End);
            if (fragment.IsSingleSegment)
            {
                Receive(header.Type, fragment.FirstSpan, plaintext);
            }
            else
            {
                ReceiveScattered(header.Type, fragment, plaintext);
            }
        }
    }

    /// <summary>Writes <paramref name="plaintext"/> as few records as allowed.</summary>
    internal void Send(ReadOnlySpan<byte> plaintext, IBufferWriter<byte> destination)
    {
        while (!plaintext.IsEmpty)
        {
            var length = Math.Min(plaintext.Length, limits.MaxSend);
            keys.Write.WriteRecord(ContentType.ApplicationData, plaintext[..length], destination);
            plaintext = plaintext[length..];
        }
    }

    internal void SendAlert(AlertLevel level, TlsAlert alert) => new AlertRecord(level, alert).Write(keys.Write, output);

    private void ReceiveScattered(ContentType type, in ReadOnlySequence<byte> fragment, IBufferWriter<byte> plaintext)
    {
        var length = (int)fragment.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            fragment.CopyTo(rented);
            Receive(type, rented.AsSpan(0, length), plaintext);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Receive(ContentType type, ReadOnlySpan<byte> fragment, IBufferWriter<byte> plaintext)
    {
        var content = plaintext.GetSpan(fragment.Length + 1);
        var length = keys.Read.Open(ref type, fragment, content);
        if (length > limits.MaxReceive)
        {
            throw new TlsProtocolException(TlsViolation.RecordTooLong, TlsAlert.RecordOverflow);
        }

        if (_handshake.IsInMessage && type != ContentType.Handshake)
        {
            throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.UnexpectedMessage);
        }

        CountEmpty(length);
        switch (type)
        {
            case ContentType.ApplicationData:
                plaintext.Advance(length);
                ForgiveFloods(length);
                break;
            case ContentType.Alert:
                ReceiveAlert(AlertRecord.Read(content[..length]));
                break;
            case ContentType.Handshake:
                _handshake.Receive(content[..length]);
                break;
            default:
                throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.UnexpectedMessage);
        }
    }

    private void CountEmpty(int length)
    {
        _emptyRecords = length == 0 ? _emptyRecords + 1 : 0;
        if (_emptyRecords > MaxEmptyRecords)
        {
            throw new TlsProtocolException(TlsViolation.TooManyEmptyRecords, TlsAlert.UnexpectedMessage);
        }
    }

    /// <summary>Floods are counted between data: a connection that lives for months may see many single ones.</summary>
    private void ForgiveFloods(int length)
    {
        if (length > 0)
        {
            _warnings = 0;
            _handshake.ForgetCount();
        }
    }

    private void ReceiveAlert(AlertRecord alert)
    {
        if (alert.Description == TlsAlert.CloseNotify)
        {
            IsClosedByServer = true;
        }
        else if (alert.IsWarning && (!keys.IsTls13 || alert.Description == TlsAlert.UserCanceled))
        {
            if (++_warnings > MaxWarnings)
            {
                throw new TlsProtocolException(TlsViolation.TooManyAlerts, TlsAlert.UnexpectedMessage);
            }
        }
        else
        {
            throw new TlsAlertException(alert.Description, duringHandshake: false);
        }
    }
}
