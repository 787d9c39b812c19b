using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sim800.Modem.Pooling;

namespace Sim800.Modem.At;

/// <summary>
/// Serialises commands onto the line, one in flight, and hands every received byte to its owner. A command that is not answered in time
/// leaves the line in an unknown state, so the channel resynchronises before the next one. It knows no modem: everything that differs
/// between families comes in the <see cref="AtTables"/> of a dialect.
/// </summary>
internal sealed class AtChannel : IAsyncDisposable
{
    private readonly AtChannelOptions _options;
    private readonly AtQueue _queue = new();
    private readonly AtExchange _exchange = new();
    private readonly AtDispatcher _dispatcher;
    private readonly AtReadLoop _readLoop;
    private readonly AtDeadline _deadline;
    private readonly AtWriter _writer;
    private readonly AtWakeUp _wakeUp;
    private readonly CancellationTokenSource _closed = new();
    private Exception? _fault;
    private volatile AtCommand? _unanswered;
    private volatile bool _isResynchronising;
    private int _unansweredPayload;
    private bool _isPayloadSent;

    internal AtChannel(IDuplexPipe line, AtChannelOptions options)
    {
        _options = options;
        _wakeUp = new AtWakeUp(options);
        _writer = new AtWriter(line.Output);
        _dispatcher = new AtDispatcher(_exchange, options);
        _readLoop = new AtReadLoop(line.Input, _dispatcher, reason => Fault(reason));
        _deadline = new AtDeadline(options.Clock, _dispatcher.IsHopeless, OnDeadline, _writer.CancelFlush);
    }

    /// <summary>Command lines sent so far.</summary>
    internal long CommandCount => _writer.CommandCount;

    /// <summary>How often the line was resynchronised after a time-out without reopening it.</summary>
    internal long ResynchronisationCount { get; private set; }

    internal bool IsLineBad => _dispatcher.IsLineBad;

    internal long Damage => _dispatcher.Damage;

    /// <summary>Whether the line is in step: false after a time-out until it has been resynchronised.</summary>
    internal bool IsInStep => _unanswered is null;

    /// <summary>Whether the modem is being called after a command without an answer: what comes now may be that answer, too late.</summary>
    internal bool IsResynchronising => _isResynchronising;

    /// <summary>Whether the line is a transparent connection.</summary>
    internal bool IsInDataMode => _dispatcher.IsTransparent;

    /// <summary>Whether the modem sleeps when the line is idle, and must be woken before a command.</summary>
    internal bool SleepsWhenIdle
    {
        get => _wakeUp.IsNeeded;
        set => _wakeUp.IsNeeded = value;
    }

    /// <inheritdoc cref="AtDispatcher.Doubts" />
    internal long Doubts => _dispatcher.Doubts;

    /// <summary>What came since the command in flight was sent.</summary>
    internal AtTimeoutReason Heard => _dispatcher.Heard;

    /// <summary>The unsolicited result codes of the line.</summary>
    internal UrcRouter Urcs => _options.Urcs;

    internal ILogger Logger => _options.Logger;

    internal TimeProvider Clock => _options.Clock;

    /// <summary>Cancelled when the line has ended.</summary>
    internal CancellationToken Closed => _closed.Token;

    internal void Start() => _readLoop.Start();

    /// <summary>Sends a command and waits for its final result, whatever it is.</summary>
    /// <exception cref="AtTimeoutException">
    /// No final result within the row's time-out, nor, when the row may be repeated, after the repetition.
    /// </exception>
    /// <exception cref="ModemClosedException">The line is dead; the inner exception is the one reason.</exception>
    internal ValueTask<AtResponse> SendAsync(AtCommand command, CancellationToken cancellationToken) =>
        SendAsync(command, -1, default, cancellationToken);

    /// <param name="command">The row.</param>
    /// <param name="payload">Sent at the prompt. The memory is in use until the answer, also when the caller gives up earlier.</param>
    /// <param name="cancellationToken">Ends the waiting, not the command: its answer is still awaited and thrown away.</param>
    internal ValueTask<AtResponse> SendAsync(
        AtCommand command, in ReadOnlySequence<byte> payload, CancellationToken cancellationToken) =>
        SendAsync(command, -1, payload, cancellationToken);

    /// <param name="command">The row.</param>
    /// <param name="argument">A number to stand behind the row's text.</param>
    /// <param name="payload">Sent at the prompt; empty for a command without.</param>
    /// <param name="cancellationToken">Ends the waiting, not the command.</param>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    internal async ValueTask<AtResponse> SendAsync(
        AtCommand command, int argument, ReadOnlySequence<byte> payload, CancellationToken cancellationToken)
    {
        ThrowIfInDataMode();
        await _queue.TakeTurnAsync(!command.IsOfLink, cancellationToken).ConfigureAwait(false);
        var conversation = ConverseAndReleaseAsync(command, argument, payload);
        return cancellationToken.CanBeCanceled
            ? await WaitAsync(conversation.AsTask(), cancellationToken).ConfigureAwait(false)
            : await conversation.ConfigureAwait(false);
    }

    /// <summary>Bytes outside of any command: data of a transparent link, or the escape from it.</summary>
    /// <exception cref="AtTimeoutException">The modem holds the line back (CTS) and takes nothing.</exception>
    /// <exception cref="ModemClosedException">The line is dead.</exception>
    internal async ValueTask WriteRawAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        await _queue.TakeTurnAsync(isBounded: false, cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfDead();
            _deadline.Set(AtCommand.RawData.Timeout, _writer.BeginStep());
            _writer.Write(bytes);
            if (!await FlushAsync().ConfigureAwait(false))
            {
                throw new AtTimeoutException(AtCommand.RawData, AtTimeoutReason.Silence);
            }
        }
        finally
        {
            _deadline.Clear();
            _queue.EndTurn();
        }
    }

    /// <summary>The modem has been identified: these are its tables.</summary>
    internal void Adopt(AtTables tables) => _dispatcher.Adopt(tables);

    /// <summary>The modem has been found at its baud rate: from here on damaged and lost bytes are the line's.</summary>
    internal void BeginWatchingLine() => _dispatcher.BeginWatchingLine();

    /// <summary>Takes lines of the modem that came within the data of a transparent connection.</summary>
    internal void Hear(ReadOnlyMemory<byte> lines) => _dispatcher.Dispatch(new ReadOnlySequence<byte>(lines));

    /// <summary>Back in command mode. Unless the modem has confirmed it, the line is resynchronised before the next command.</summary>
    internal void LeaveDataMode(bool isConfirmed)
    {
        _unanswered = isConfirmed ? null : AtCommand.Escape;
        _dispatcher.Reset();
    }

    /// <exception cref="ModemClosedException">The line is dead; the inner exception is the one reason.</exception>
    internal void ThrowIfDead()
    {
        if (_fault is { } reason)
        {
            throw new ModemClosedException(reason);
        }
    }

    /// <summary>Closes the line with this reason, unless it has one already.</summary>
    internal Exception Fault(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _fault, reason, null) is { } first)
        {
            return first;
        }

        try
        {
            _options.OnFault(reason); // first: a caller that sees its command fail finds the links ended too
        }
        finally
        {
            _closed.Cancel();
            _exchange.Fail(new ModemClosedException(reason));
        }

        return reason;
    }

    /// <summary>Why the line has ended.</summary>
    internal ModemClosedException ClosedReason() => new(Fault(new ObjectDisposedException(_options.OwnerName)));

    public async ValueTask DisposeAsync()
    {
        Fault(new ObjectDisposedException(_options.OwnerName));
        await _readLoop.StopAsync(_options.Clock).ConfigureAwait(false);
        _deadline.Dispose();
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<AtResponse> ConverseAndReleaseAsync(AtCommand command, int argument, ReadOnlySequence<byte> payload)
    {
        var started = Clock.GetTimestamp();
        try
        {
            // A probe may go out on a line that is out of step, and its answer does not show that the line is in step.
            if (_unanswered is not null && !command.IsProbe && !await ResynchroniseAsync(TimeSpan.Zero).ConfigureAwait(false))
            {
                ThrowIfDead();
                throw Timeout(command);
            }

            ThrowIfInDataMode();
            return await ConverseAsync(command, argument, payload).ConfigureAwait(false);
        }
        catch (AtTimeoutException lost) when (!command.IsProbe && _unanswered is null)
        {
            return await RecoverAsync(command, argument, payload, lost, Clock.GetElapsedTime(started)).ConfigureAwait(false);
        }
        finally
        {
            _queue.EndTurn();
        }
    }

    /// <summary>
    /// After a command without an answer: back into step, and once more where that can do no harm. A query whose information text has come
    /// is answered, even though the final result behind it was lost; and so is one whose final result was all that came.
    /// </summary>
    private async ValueTask<AtResponse> RecoverAsync(
        AtCommand command, int argument, ReadOnlySequence<byte> payload, AtTimeoutException lost, TimeSpan waited)
    {
        var (information, wasConfirmed, isPayloadSent) = (_exchange.Transaction.Information, _exchange.Transaction.WasConfirmed, _isPayloadSent);
        (_unanswered, _unansweredPayload) = (command, (int)payload.Length);
        var rest = command.CalledAfter is null ? TimeSpan.Zero : command.Timeout - waited;
        if (!await ResynchroniseAsync(rest).ConfigureAwait(false))
        {
            ThrowIfDead();
            throw lost;
        }

        if (wasConfirmed || command.IsAnsweredBy(information))
        {
            return new AtResponse(AtResult.Ok, "OK", information ?? [], AtNumbers.None);
        }

        if (!command.IsRepeatable)
        {
            throw lost.AnsweringAgain(command, isPayloadSent);
        }

        try
        {
            Log.Repeating(_options.Logger, command);
            return await ConverseAsync(command, argument, payload).ConfigureAwait(false);
        }
        catch (AtTimeoutException again)
        {
            (_unanswered, _unansweredPayload) = (command, (int)payload.Length);
            throw await ResynchroniseAsync(TimeSpan.Zero).ConfigureAwait(false) ? again.AnsweringAgain(command, isPayloadSent: false) : again;
        }
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<AtResponse> ConverseAsync(AtCommand command, int argument, ReadOnlySequence<byte> payload)
    {
        var hasPayload = !payload.IsEmpty;
        _isPayloadSent = false;
        _exchange.Begin(command, argument, hasPayload);
        _dispatcher.BeginListening();
        ThrowIfDead(); // after Begin, because Fault() does it the other way round
        try
        {
            if (hasPayload)
            {
                _dispatcher.ExpectPrompt(payload);
            }

            _deadline.Set(hasPayload ? command.PromptTimeout : command.CalledAfter ?? command.Longest, _writer.BeginStep());
            if (_wakeUp.IsDue(_options.Clock))
            {
                _writer.Write("\r"u8); // nothing to a modem that is awake
                await FlushAsync().ConfigureAwait(false);
                await _wakeUp.PauseAsync(_options.Clock).ConfigureAwait(false);
            }

            Log.Sending(_options.Logger, command);
            _writer.WriteLine(command, argument);
            await FlushAsync().ConfigureAwait(false);
            if (hasPayload && await _exchange.Prompt.ConfigureAwait(false))
            {
                _deadline.Set(command.Longest, _writer.BeginStep());
                _isPayloadSent = true;
                _writer.Write(payload);
                await FlushAsync().ConfigureAwait(false);
            }

            return await _exchange.Answer.ConfigureAwait(false);
        }
        finally
        {
            _deadline.Clear();
            _wakeUp.OnTraffic(_options.Clock);
        }
    }

    /// <summary>
    /// Resynchronises after a time-out: ESC leaves a prompt, the dialect's commands show that the modem answers, and the answer to the
    /// last of them is the fence: it is unmistakable, so everything before it has been consumed.
    /// </summary>
    /// <param name="atLeast">How long a modem that may still be at work is called.</param>
    /// <returns>Whether the line is in step. If not, the next command tries again.</returns>
    private async ValueTask<bool> ResynchroniseAsync(TimeSpan atLeast)
    {
        _isResynchronising = true;
        try
        {
            return await CallAsync(atLeast).ConfigureAwait(false);
        }
        finally
        {
            _isResynchronising = false;
        }
    }

    private async ValueTask<bool> CallAsync(TimeSpan atLeast)
    {
        var started = Clock.GetTimestamp();
        for (var attempt = 0; (attempt < 3 || Clock.GetElapsedTime(started) < atLeast) && _fault is null; attempt++)
        {
            _dispatcher.Reset();
            _writer.Write("\u001b"u8);
            if (attempt == 2)
            {
                _writer.Write(new byte[_unansweredPayload]); // a modem that still counts payload takes commands for it
            }

            if (await TryAllAsync(_options.Tables.Resynchronisation).ConfigureAwait(false))
            {
                Log.Resynchronised(_options.Logger, _unanswered?.Shown ?? "", attempt + 1);
                _unanswered = null;
                ResynchronisationCount++;
                _dispatcher.NoteLoss();
                return true;
            }
        }

        return false;
    }

    private async ValueTask<bool> TryAllAsync(IReadOnlyList<AtCommand> commands)
    {
        foreach (var command in commands)
        {
            try
            {
                await ConverseAsync(command, -1, default).ConfigureAwait(false);
            }
            catch (AtTimeoutException)
            {
                return false;
            }
        }

        return true;
    }

    /// <returns><c>false</c> when the time was up first.</returns>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FlushAsync()
    {
        try
        {
            return await _writer.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not ModemClosedException) // whatever a line of the caller throws
        {
            throw new ModemClosedException(Fault(e));
        }
    }

    /// <summary>A cancelled caller leaves the conversation running; its failure is observed here.</summary>
    private static async Task<AtResponse> WaitAsync(Task<AtResponse> conversation, CancellationToken cancellationToken)
    {
        try
        {
            return await conversation.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = conversation.ContinueWith(
                static abandoned => abandoned.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }

    private void ThrowIfInDataMode()
    {
        if (IsInDataMode)
        {
            throw new InvalidOperationException("The serial line is a transparent connection: no commands until it is closed.");
        }
    }

    private void OnDeadline() =>
        _exchange.Fail(Timeout(_exchange.Transaction.Command));

    private AtTimeoutException Timeout(AtCommand command) =>
        new(command, _dispatcher.Heard, IsLineBad, _dispatcher.HasAnsweredLately);
}
