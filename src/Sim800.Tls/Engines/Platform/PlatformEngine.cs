using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Handshake;
using Sim800.Tls.Records;

namespace Sim800.Tls.Engines.Platform;

/// <summary>
/// The TLS of the operating system as an engine: SslStream over a stream that is fed by hand. It gets whole records only,
/// so the same limits stand before it as before the others.
/// </summary>
internal sealed class PlatformEngine : ITlsEngine
{
    /// <summary>A fatal handshake_failure.</summary>
    private static readonly byte[] Alert = [(byte)ContentType.Alert, 3, 3, 0, 2, 2, (byte)TlsAlert.HandshakeFailure];

    private readonly Func<SslStream, PlatformHandshake> _createHandshake;
    private EngineStream _wire;
    private SslStream _ssl;
    private PlatformHandshake _handshake;
    private Task _running = Task.CompletedTask;
    private IBufferWriter<byte>? _plaintext;

    /// <param name="settings">What a handshake needs to know.</param>
    /// <param name="serverName">For the platform.</param>
    /// <param name="chainPolicy">How the platform builds its path; belongs to this engine.</param>
    internal PlatformEngine(HandshakeSettings settings, string serverName, X509ChainPolicy chainPolicy)
    {
        _createHandshake = ssl => new PlatformHandshake(ssl, settings, serverName, chainPolicy);
        Create();
    }

    public TlsEngineState State { get; private set; }

    public NegotiatedParameters Negotiated => _handshake.Negotiated;

    public bool HasOutput => _wire.HasOutput;

    private RecordStage Stage => State == TlsEngineState.Open ? RecordStage.Open : _handshake.Stage;

    public void Dispose() => _ssl.Dispose();

    public void Start()
    {
        StartHandshake();
        if (_handshake.OffersRefusedSession)
        {
            ForgetSession();
            StartHandshake();
        }

        if (_handshake.OffersRefusedSession)
        {
            Recreate();
            _handshake.AllowsResumption = false;
            StartHandshake();
        }
    }

    public void OfferInput(ref ReadOnlySequence<byte> input, IBufferWriter<byte> plaintext)
    {
        try
        {
            while (State is TlsEngineState.Handshaking or TlsEngineState.Open
                && RecordHeader.TryRead(input, Stage, out var header))
            {
                var record = input.Slice(0, RecordHeader.Size + header.Length);
                input = input.Slice(record.End);
                _plaintext = plaintext;
                OfferRecord(header, record);
            }
        }
        catch (TlsException)
        {
            State = TlsEngineState.Failed;
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

    public void ReadOutput(IBufferWriter<byte> output) => _wire.ReadOutput(output);

    public void OfferPlaintext(ReadOnlySpan<byte> plaintext, IBufferWriter<byte> output)
    {
        if (plaintext.IsEmpty)
        {
            return;
        }

        try
        {
            _ssl.Write(plaintext);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            throw PlatformFailure.ToTlsException(e, duringHandshake: false);
        }

        _wire.ReadOutput(output);
    }

    public void Close()
    {
        if (State is TlsEngineState.Open or TlsEngineState.ClosedByServer)
        {
            State = TlsEngineState.ClosedByClient;
            PlatformFailure.ThrowIfFaulted(_ssl.ShutdownAsync(), duringHandshake: false);
        }
    }

    /// <returns>Always <c>null</c>: the operating system keeps its sessions to itself.</returns>
    public TlsSession? ExportSession() => null;

    [MemberNotNull(nameof(_wire), nameof(_ssl), nameof(_handshake))]
    private void Create()
    {
        _wire = new EngineStream();
        _ssl = new SslStream(_wire, leaveInnerStreamOpen: false);
        _handshake = _createHandshake(_ssl);
    }

    private void Recreate()
    {
        _ssl.Dispose();
        Create();
    }

    private void StartHandshake()
    {
        _running = RunAsync();
        PlatformFailure.ThrowIfFaulted(_running, duringHandshake: true);
        _handshake.OnClientHello(_wire.Output);
    }

    /// <summary>Nothing makes the platform forget one but an alert in its handshake; so it gets one, before a server has seen its hello.</summary>
    private void ForgetSession()
    {
        var failing = _running;
        _wire.Feed(new ReadOnlySequence<byte>(Alert));
        WaitUntilIdle();
        _ = failing.Exception; // expected, and the handshake's that was given up
        Recreate();
    }

    private void OfferRecord(RecordHeader header, in ReadOnlySequence<byte> record)
    {
        var duringHandshake = State == TlsEngineState.Handshaking;
        if (duringHandshake)
        {
            _handshake.Check(header, record.Slice(RecordHeader.Size));
        }

        _wire.Feed(record);
        WaitUntilIdle();
        PlatformFailure.ThrowIfFaulted(_running, duringHandshake);
    }

    /// <summary>
    /// The whole conversation. It goes on only where <see cref="EngineStream.Feed"/> gives it input, on the stack of the one who
    /// feeds, and stops at the next read without input.
    /// </summary>
    private async Task RunAsync()
    {
        await _handshake.RunAsync().ConfigureAwait(false);
        State = TlsEngineState.Open;
        do
        {
            // Waiting with an empty buffer holds none: neither here nor in SslStream.
            await _ssl.ReadAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        }
        while (await ReadPlaintextAsync().ConfigureAwait(false));

        State = TlsEngineState.ClosedByServer;
    }

    /// <summary>Takes what SslStream has decrypted.</summary>
    /// <returns><c>false</c> at the end.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadPlaintextAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(RecordHeader.MaxPlaintext);
        var length = 0;
        try
        {
            length = await _ssl.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false);
            _plaintext!.Write(buffer.AsSpan(0, length));
            return length > 0;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>It is idle already, unless a task scheduler of the caller's made it go on in the thread pool for some microseconds.</summary>
    private void WaitUntilIdle()
    {
        var spin = default(SpinWait);
        while (!_wire.IsWaiting && !_running.IsCompleted)
        {
            spin.SpinOnce();
        }
    }
}
