using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;

namespace Sim800.Simulator;

/// <summary>
/// Plays a <see cref="Transcript"/> as a modem: waits for what the host said, says what the modem said, with the pauses
/// of the original. A log from the field becomes a test.
/// </summary>
/// <example>
/// <code>
/// var transcript = Transcript.Parse(await File.ReadAllTextAsync("session.log"));
/// await using var replayed = ReplayedModem.Play(transcript, isTimed: false);
/// await using var modem = await CellularModem.OpenAsync(replayed.Line);
/// </code>
/// </example>
public sealed class ReplayedModem : IAsyncDisposable
{
    private readonly Transcript _transcript;
    private readonly TimeProvider _timeProvider;
    private readonly bool _isTimed;
    private readonly Pipe _fromHost = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Pipe _toHost = new(new PipeOptions(useSynchronizationContext: false));
    private readonly CancellationTokenSource _stopping = new();

    private ReplayedModem(Transcript transcript, TimeProvider timeProvider, bool isTimed)
    {
        (_transcript, _timeProvider, _isTimed) = (transcript, timeProvider, isTimed);
        Line = new HostEnd(_toHost.Reader, _fromHost.Writer);
        Completion = Task.Run(PlayAsync, CancellationToken.None);
    }

    /// <summary>The host's end of the line. It ends when the transcript does.</summary>
    public IDuplexPipe Line { get; }

    /// <summary>
    /// Ends when the whole transcript has been played; fails with a <see cref="TranscriptException"/> when the host said
    /// something else, and with an <see cref="OperationCanceledException"/> when the modem is disposed before.
    /// </summary>
    public Task Completion { get; }

    /// <summary>Begins to play.</summary>
    /// <param name="transcript">What to play.</param>
    /// <param name="timeProvider">The clock of the pauses; the system's when <c>null</c>.</param>
    /// <param name="isTimed"><c>false</c> leaves the pauses out.</param>
    public static ReplayedModem Play(Transcript transcript, TimeProvider? timeProvider = null, bool isTimed = true)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        return new ReplayedModem(transcript, timeProvider ?? TimeProvider.System, isTimed);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task PlayAsync()
    {
        Exception? failure = null;
        try
        {
            var (number, last) = (0, TimeSpan.Zero);
            foreach (var entry in _transcript.Entries)
            {
                number++;
                await (entry.IsHost ? HearAsync(entry, number) : SayAsync(entry, entry.At - last)).ConfigureAwait(false);
                last = entry.At;
            }
        }
        catch (Exception e) when (e is TranscriptException or OperationCanceledException)
        {
            failure = e;
            throw;
        }
        finally
        {
            await _toHost.Writer.CompleteAsync(failure).ConfigureAwait(false);
            await _fromHost.Reader.CompleteAsync(failure).ConfigureAwait(false);
        }
    }

    private async Task SayAsync(TranscriptEntry entry, TimeSpan pause)
    {
        if (_isTimed && pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, _timeProvider, _stopping.Token).ConfigureAwait(false);
        }

        await _toHost.Writer.WriteAsync(entry.Bytes, _stopping.Token).ConfigureAwait(false);
    }

    private async Task HearAsync(TranscriptEntry entry, int number)
    {
        while (true)
        {
            var result = await _fromHost.Reader.ReadAsync(_stopping.Token).ConfigureAwait(false);
            var heard = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, entry.Bytes.Length)).ToArray();
            if (!entry.Bytes.Span.StartsWith(heard) || (result.IsCompleted && heard.Length < entry.Bytes.Length))
            {
                throw new TranscriptException(
                    $"The host said '{TranscriptText.Escape(heard)}' where entry {number.ToString(CultureInfo.InvariantCulture)} of the transcript has '{TranscriptText.Escape(entry.Bytes.Span)}'.",
                    "Compare the program with the one that was recorded.",
                    number);
            }

            var isWhole = heard.Length == entry.Bytes.Length;
            _fromHost.Reader.AdvanceTo(isWhole ? result.Buffer.GetPosition(heard.Length) : result.Buffer.Start, isWhole ? result.Buffer.GetPosition(heard.Length) : result.Buffer.End);
            if (isWhole)
            {
                return;
            }
        }
    }

    private sealed record HostEnd(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
