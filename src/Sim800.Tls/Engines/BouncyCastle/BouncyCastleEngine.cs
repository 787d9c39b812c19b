using System.Buffers;
using Sim800.Tls.Handshake;
using Sim800.Tls.Records;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>
/// BouncyCastle makes the handshake, watched by <see cref="HandshakeLimits"/>; the keys it ends with go to our own
/// <see cref="RecordLayer"/>, and BouncyCastle is let go.
/// </summary>
internal sealed class BouncyCastleEngine : ITlsEngine
{
    private readonly HandshakeSettings _settings;
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly HandshakeLimits _limits = new();
    private BouncyCastleHandshake? _handshake;
    private HandshakeOutcome? _outcome;
    private RecordLayer? _records;

    internal BouncyCastleEngine(HandshakeSettings settings)
    {
        _settings = settings;
        _handshake = new BouncyCastleHandshake(settings, _limits);
    }

    public TlsEngineState State { get; private set; }

    public NegotiatedParameters Negotiated =>
        _outcome?.Negotiated ?? throw new InvalidOperationException("The handshake is not complete.");

    public bool HasOutput => _output.WrittenCount > 0;

    public void Dispose()
    {
        _records?.Dispose();
        _handshake?.Dispose();
    }

    public void Start()
    {
        _handshake!.Start();
        _handshake.ReadOutput(_output);
    }

    public void OfferInput(ref ReadOnlySequence<byte> input, IBufferWriter<byte> plaintext)
    {
        try
        {
            while (State == TlsEngineState.Handshaking && RecordHeader.TryRead(input, _limits.Stage, out var header))
            {
                OfferHandshakeRecord(header, ref input);
            }

            if (State == TlsEngineState.Open)
            {
                _records!.Receive(ref input, plaintext);
                State = _records.IsClosedByServer ? TlsEngineState.ClosedByServer : State;
            }
        }
        catch (TlsException e)
        {
            Fail(e);
            throw;
        }
    }

    public void OfferEndOfInput()
    {
        if (State is TlsEngineState.Handshaking or TlsEngineState.Open)
        {
            var reason = State == TlsEngineState.Open ? TlsCloseReason.Truncated : TlsCloseReason.DuringHandshake;
            State = TlsEngineState.Failed;
            throw new TlsClosedException(reason);
        }
    }

    public void ReadOutput(IBufferWriter<byte> output)
    {
        if (_output.WrittenCount > 0)
        {
            output.Write(_output.WrittenSpan);
            _output.ResetWrittenCount();
        }
    }

    public void OfferPlaintext(ReadOnlySpan<byte> plaintext, IBufferWriter<byte> output) => _records!.Send(plaintext, output);

    public void Close()
    {
        if (State is TlsEngineState.Open or TlsEngineState.ClosedByServer)
        {
            _records!.SendAlert(AlertLevel.Warning, TlsAlert.CloseNotify);
            State = TlsEngineState.ClosedByClient;
        }
    }

    public TlsSession? ExportSession() => _outcome?.Session;

    private void OfferHandshakeRecord(RecordHeader header, ref ReadOnlySequence<byte> input)
    {
        var record = input.Slice(0, RecordHeader.Size + header.Length);
        input = input.Slice(record.End);
        _limits.Check(header, record.Slice(RecordHeader.Size));
        try
        {
            _handshake!.OfferRecord(record.ToArray());
        }
        finally
        {
            _handshake!.ReadOutput(_output);
        }

        if (_handshake.Outcome is { } outcome)
        {
            Complete(outcome);
        }
    }

    private void Complete(HandshakeOutcome outcome)
    {
        _outcome = outcome;
        _handshake!.Dispose();
        _handshake = null;

        // What was asked for binds us in any case; the server only if it agreed.
        var limits = new RecordLimits(
            _settings.MaxFragmentLength ?? RecordHeader.MaxPlaintext,
            outcome.Negotiated.MaxFragmentLength ?? RecordHeader.MaxPlaintext);
        _records = new RecordLayer(outcome.Keys, limits, _output);
        State = TlsEngineState.Open;
    }

    private void Fail(TlsException failure)
    {
        var wasOpen = State == TlsEngineState.Open;
        State = TlsEngineState.Failed;
        if (failure is not { AlertOrigin: TlsAlertOrigin.Local, Alert: { } alert })
        {
            return;
        }

        if (wasOpen)
        {
            _records!.SendAlert(AlertLevel.Fatal, alert);
        }
        else if (_handshake is not null)
        {
            _handshake.Fail(alert); // no effect when BouncyCastle found the fault and has sent it
            _handshake.ReadOutput(_output);
            _handshake.Dispose();
        }
    }
}
