using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Pooling;

namespace Sim800.Modem.Links;

/// <summary>
/// Takes what has gathered in the outbound pipe and hands it to the modem, as much as one send takes at a time. While one is in
/// flight the next gathers: a burst of small writes costs one exchange.
/// </summary>
internal sealed class LinkSender(AtChannel channel, LinkCommands commands, PipeReader source, LinkEnd end, ModemOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(60);
    private readonly int _most = Math.Min(options.MaxSendSize, commands.MaxSendSize);
    private int _limit = Math.Min(options.MaxSendSize, commands.SafeSendSize);
    private readonly SendWindow _window = new(options.MaxUnacknowledgedBytes);
    private readonly Alarm _alarm = new(options.TimeProvider);
    private volatile bool _isAcceptedLate;
    private bool _isRefused;
    private int _timeouts;
    private bool _limitKnown = options.MaxSendSize <= commands.SafeSendSize || commands.SendLimit is null;

    /// <summary>
    /// Reads and sends take turns, which is fair while they take about as long. Behind a send that takes longer, reading has as much time as that
    /// took: else a server's answer of some reads would come as late as the same number of sends.
    /// </summary>
    private static readonly TimeSpan LongSend = TimeSpan.FromSeconds(1);

    /// <summary>Sends in a row whose confirmation may be lost before the link is given up.</summary>
    private const int MaxTimeouts = 3;

    /// <summary>Bytes that the modem has taken.</summary>
    internal long SentBytes { get; private set; }

    /// <summary>Commands that were given to send them.</summary>
    internal long Sends { get; private set; }

    /// <summary>The link has ended: what waits is not sent.</summary>
    internal void OnEnded()
    {
        source.CancelPendingRead();
        _alarm.Raise();
    }

    /// <summary>
    /// Data was accepted that no send waits for. While the modem is being called it means that what it was called with has filled up a
    /// payload that was incomplete: what the peer gets is not what was sent.
    /// </summary>
    internal void OnLateAcceptance() => _isAcceptedLate |= channel.IsResynchronising;

    /// <summary>Sends until the writer completes or the link ends.</summary>
    /// <param name="onSent">Called after each accepted block.</param>
    /// <param name="catchUp">Lets the other direction read what the modem has announced, for no longer than that.</param>
    internal async Task RunAsync(Action onSent, Func<TimeSpan, Task> catchUp)
    {
        try
        {
            await SendAllAsync(onSent, catchUp).ConfigureAwait(false);
        }
        catch (Exception e) // a link without its sender has ended, whatever was thrown
        {
            end.TryEnd(LinkFailure.Of(e));
        }

        _alarm.Stop();
        await source.CompleteAsync().ConfigureAwait(false);
    }

    private async Task SendAllAsync(Action onSent, Func<TimeSpan, Task> catchUp)
    {
        var stall = TimeSpan.Zero;
        while (true)
        {
            var result = await source.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (end.HasEnded || (result.Buffer.IsEmpty && result.IsCompleted))
            {
                return;
            }

            if (result.Buffer.IsEmpty)
            {
                source.AdvanceTo(result.Buffer.End);
                continue;
            }

            var began = options.TimeProvider.GetTimestamp();
            var accepted = await SendAsync(result.Buffer).ConfigureAwait(false);
            SentBytes += accepted;
            _window.OnSent(accepted);
            source.AdvanceTo(result.Buffer.GetPosition(accepted));
            if (accepted > 0)
            {
                stall = TimeSpan.Zero;
                onSent();
                if (options.TimeProvider.GetElapsedTime(began) is var took && took > LongSend)
                {
                    await catchUp(took).ConfigureAwait(false);
                }
            }
            else
            {
                stall = await PauseAsync(stall).ConfigureAwait(false);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<long> SendAsync(ReadOnlySequence<byte> gathered)
    {
        if (!_limitKnown && gathered.Length > commands.SafeSendSize)
        {
            await AskLimitAsync().ConfigureAwait(false);
        }

        var length = await TakeRoomAsync((int)Math.Min(gathered.Length, _limit)).ConfigureAwait(false);
        try
        {
            return await HandOverAsync(gathered.Slice(0, length), length).ConfigureAwait(false);
        }
        catch (AtTimeoutException lost) when (channel.IsInStep && !_isAcceptedLate && ++_timeouts < MaxTimeouts)
        {
            // The confirmation was lost: the modem itself counts what it has taken, which without a prompt can only be something else.
            if (await ReadTakenAsync(length).ConfigureAwait(false) is { } taken && !_isAcceptedLate && (taken == 0 || lost.IsPayloadSent))
            {
                _timeouts = taken > 0 ? 0 : _timeouts;
                return taken;
            }

            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<long> HandOverAsync(ReadOnlySequence<byte> block, int length)
    {
        _isAcceptedLate = false;
        Sends++;
        var response = await channel.SendAsync(commands.Send, length, block, CancellationToken.None).ConfigureAwait(false);
        if (response.FinalResult.IsSuccess)
        {
            _isRefused = false;
            _timeouts = 0;
            var accepted = commands.ReadAccepted(response, length);
            if (accepted != length && !commands.TakesParts)
            {
                throw new TcpLinkException(
                    TcpLinkReason.SendFailed, string.Create(CultureInfo.InvariantCulture, $"{accepted} of {length} bytes accepted"));
            }

            return accepted == length ? accepted : await ReadTakenAsync(length).ConfigureAwait(false) ?? accepted; // or a digit was lost
        }

        if (AtResult.IsError(Encoding.Latin1.GetBytes(response.Final)) && await TryAdaptAsync(length).ConfigureAwait(false))
        {
            return 0;
        }

        throw LinkFailure.OfSend(response, length, commands);
    }

    /// <returns>How much of what was handed over last the modem has taken; <c>null</c> when it does not say.</returns>
    private async ValueTask<int?> ReadTakenAsync(int length)
    {
        var response = await channel.SendAsync(commands.Acknowledged, CancellationToken.None).ConfigureAwait(false);
        if (!response.FinalResult.IsSuccess)
        {
            return null;
        }

        var taken = commands.ReadAcknowledgement(response).Sent - SentBytes;
        return taken >= 0 && taken <= length ? (int)taken : null;
    }

    /// <summary>
    /// After a refusal the modem is asked how much it takes ("variable, depends on network"). A link that would have taken as much gets a
    /// second try, one that takes nothing is closed.
    /// </summary>
    /// <returns>Whether to try again.</returns>
    private async ValueTask<bool> TryAdaptAsync(int refused)
    {
        if (end.HasEnded || commands.SendLimit is not { } limit)
        {
            return false;
        }

        var response = await channel.SendAsync(limit, CancellationToken.None).ConfigureAwait(false);
        var told = commands.ReadSendLimit(response);
        if (told >= refused && refused <= commands.SafeSendSize && !_isRefused)
        {
            return _isRefused = true;
        }

        var smaller = told > 0 && told < refused ? told
            : refused > commands.SafeSendSize ? commands.SafeSendSize
            : told == refused ? refused - 1 // the manual wants less than the size
            : 0;
        _limit = smaller > 0 ? smaller : _limit;
        return smaller > 0;
    }

    /// <summary>Waits until the peer has acknowledged enough. That it never does, the receiver finds out and ends the link.</summary>
    private async ValueTask<int> TakeRoomAsync(int waiting)
    {
        var pause = FirstPause;
        while (true)
        {
            end.ThrowIfEnded(); // a closed link's number may be another's by now
            if (_window.Grant(waiting) is > 0 and var length)
            {
                return length;
            }

            var response = await channel.SendAsync(commands.Acknowledged, CancellationToken.None).ConfigureAwait(false);
            _window.OnAnswer(response.FinalResult.IsSuccess ? commands.ReadAcknowledgement(response).Unacknowledged : null);
            if (_window.Grant(waiting) == 0)
            {
                await _alarm.WaitAsync(pause).ConfigureAwait(false);
                pause = pause < LongestPause ? 2 * pause : LongestPause;
            }
        }
    }

    private async ValueTask AskLimitAsync()
    {
        _limitKnown = true;
        var response = await channel.SendAsync(commands.SendLimit!, CancellationToken.None).ConfigureAwait(false);
        if (commands.ReadSendLimit(response) is > 0 and var limit)
        {
            _limit = Math.Min(_most, limit);
        }
    }

    /// <summary>The modem takes nothing at the moment: its buffer is full because the network is slow.</summary>
    private async ValueTask<TimeSpan> PauseAsync(TimeSpan stall)
    {
        if (stall >= LongestStall)
        {
            throw new TcpLinkException(TcpLinkReason.SendFailed, "0 bytes accepted");
        }

        var pause = stall < FirstPause ? FirstPause : stall;
        await _alarm.WaitAsync(pause).ConfigureAwait(false);
        return stall + pause;
    }
}
