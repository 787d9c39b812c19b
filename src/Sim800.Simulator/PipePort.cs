using System.Buffers;
using System.IO.Pipelines;

namespace Sim800.Simulator;

/// <summary>A line in memory. Both directions hold as much as an operating system's serial buffers.</summary>
internal sealed class PipePort : IHostPort
{
    private static readonly PipeOptions FromHost = new(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048, useSynchronizationContext: false);
    private static readonly PipeOptions ToHost = new(pauseWriterThreshold: 65536, resumeWriterThreshold: 32768, useSynchronizationContext: false);

    private readonly Pipe _fromHost = new(FromHost);
    private readonly Pipe _toHost = new(ToHost);
    private ModemShell? _modem;
    private Task _reading = Task.CompletedTask;
    private volatile bool _isPlugged = true;
    private bool _hostIsGone;
    private int _isFull;

    internal PipePort() => Line = new HostEnd(_toHost.Reader, _fromHost.Writer);

    public int? HostRate => null;

    public bool IsPlugged { set => _isPlugged = value; }

    public bool IsFull => Volatile.Read(ref _isFull) == 1;

    internal IDuplexPipe Line { get; }

    public int Deliver(ReadOnlySpan<byte> bytes)
    {
        if (IsFull || _hostIsGone || !_isPlugged)
        {
            return bytes.Length;
        }

        _toHost.Writer.Write(bytes);
        _ = FlushAsync();
        return 0;
    }

    public void Start(ModemShell modem)
    {
        _modem = modem;
        _reading = Task.Run(() => ReadAsync(modem), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _fromHost.Reader.CancelPendingRead();
        await _reading.ConfigureAwait(false);
        await _fromHost.Reader.CompleteAsync().ConfigureAwait(false);
        await _toHost.Writer.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Completes at once while the host reads; otherwise the modem is told when there is room again.</summary>
    private async Task FlushAsync()
    {
        var flush = _toHost.Writer.FlushAsync(CancellationToken.None);
        var mustWait = !flush.IsCompleted;
        Volatile.Write(ref _isFull, mustWait ? 1 : 0);
        _hostIsGone = (await flush.ConfigureAwait(false)).IsCompleted;
        Volatile.Write(ref _isFull, 0);
        if (mustWait)
        {
            _modem?.Step(static _ => { });
        }
    }

    private async Task ReadAsync(ModemShell modem)
    {
        while (true)
        {
            var result = await _fromHost.Reader.ReadAsync(modem.Stopping).ConfigureAwait(false);
            foreach (var segment in _isPlugged ? result.Buffer : default)
            {
                await modem.OfferAsync(segment).ConfigureAwait(false);
            }

            _fromHost.Reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted || result.IsCanceled)
            {
                return;
            }
        }
    }

    private sealed record HostEnd(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
