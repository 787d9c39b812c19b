using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>
/// Takes what has gathered in the outbound pipe and hands it to the modem, as much as one send takes at a time. While one is in
/// flight the next gathers: a burst of small writes costs one exchange.
/// </summary>
internal sealed class LinkSender(AtChannel channel, LinkCommands commands, PipeReader source, LinkEnd end, Sim800ModemOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(60);
    private int _limit = Math.Min(options.MaxSendSize, commands.SafeSendSize);
    private readonly SendWindow _window = new(options.MaxUnacknowledgedBytes);
    private readonly Alarm _alarm = new(options.TimeProvider);
    private bool _limitKnown = options.MaxSendSize <= commands.SafeSendSize;

    /// <summary>Bytes that the modem has taken.</summary>
    internal long SentBytes { get; private set; }

    /// <summary>The link has ended: what waits is not sent.</summary>
    internal void OnEnded()
    {
        source.CancelPendingRead();
        _alarm.Raise();
    }

    /// <summary>Sends until the writer completes or the link ends.</summary>
    /// <param name="onSent">Called after each accepted block.</param>
    internal async Task RunAsync(Action onSent)
    {
        try
        {
            await SendAllAsync(onSent).ConfigureAwait(false);
        }
        catch (Exception e) // a link without its sender has ended, whatever was thrown
        {
            end.TryEnd(LinkFailure.Of(e));
        }

        _alarm.Stop();
        await source.CompleteAsync().ConfigureAwait(false);
    }

    private async Task SendAllAsync(Action onSent)
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

            var accepted = await SendAsync(result.Buffer).ConfigureAwait(false);
            SentBytes += accepted;
            _window.OnSent(accepted);
            source.AdvanceTo(result.Buffer.GetPosition(accepted));
            if (accepted > 0)
            {
                stall = TimeSpan.Zero;
                onSent();
            }
            else
            {
                stall = await PauseAsync(stall).ConfigureAwait(false);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<long> SendAsync(ReadOnlySequence<byte> gathered)
    {
        if (!_limitKnown && gathered.Length > commands.SafeSendSize)
        {
            await AskLimitAsync().ConfigureAwait(false);
        }

        var length = await TakeRoomAsync((int)Math.Min(gathered.Length, _limit)).ConfigureAwait(false);
        var block = gathered.Slice(0, length);
        var response = await channel.SendAsync(commands.Send, length, block, CancellationToken.None).ConfigureAwait(false);
        if (response.FinalResult.IsSuccess)
        {
            return commands.ReadAccepted(response, length);
        }

        if (length > commands.SafeSendSize && AtResult.IsError(Encoding.Latin1.GetBytes(response.Final)))
        {
            _limit = commands.SafeSendSize; // "variable, depends on network": the size was refused, or the link is dead and the next one shows it
            return 0;
        }

        throw LinkFailure.OfSend(response, length, commands);
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
        var response = await channel.SendAsync(commands.SendLimit, CancellationToken.None).ConfigureAwait(false);
        if (commands.ReadSendLimit(response) is > 0 and var limit)
        {
            _limit = Math.Min(options.MaxSendSize, limit);
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
