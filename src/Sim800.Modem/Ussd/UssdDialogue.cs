using Sim800.Modem.Alphabets;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Ussd;

/// <summary>Sends USSD requests, one at a time, and waits for the network's reply.</summary>
internal sealed class UssdDialogue(AtChannel channel)
{
    /// <summary>The longest request: 182 characters of the GSM alphabet (3GPP TS 23.090).</summary>
    private const int MaxRequest = 182;

    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(60);
    private int _isBusy;

    internal async Task<UssdReply> SendAsync(string request, CancellationToken cancellationToken)
    {
        AtQuery.ThrowIfNotQuotable(request, MaxRequest, nameof(request));
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            throw new InvalidOperationException("A USSD request is waiting for its reply; there is one dialogue at a time.");
        }

        try
        {
            return await ConverseAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    private async Task<UssdReply> ConverseAsync(string request, CancellationToken cancellationToken)
    {
        var set = await CharacterSet.AskAsync(channel, cancellationToken).ConfigureAwait(false);
        var assembler = new UssdAssembler(set);
        using var reply = new UrcWaiter<UssdReply>(channel, urc => Offer(assembler, urc));
        try
        {
            await channel.ExecuteAsync(StandardCommands.Ussd(set.Encode(request)), Sim800Stage.Network, cancellationToken).ConfigureAwait(false);
            var said = await reply.WaitAsync(ReplyTimeout, cancellationToken).ConfigureAwait(false);
            return said.Status switch
            {
                UssdStatus.NotSupported => throw UssdException.NotSupported(),
                UssdStatus.NetworkTimeout => throw UssdException.TimedOut(),
                _ => said,
            };
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Else the network takes the next request for an answer within this dialogue.
            await channel.SendAsync(StandardCommands.UssdCancel, CancellationToken.None).ConfigureAwait(false);
            if (e is TimeoutException)
            {
                throw UssdException.TimedOut();
            }

            throw;
        }
    }

    private static UssdReply? Offer(UssdAssembler assembler, Urc urc) => urc switch
    {
        { Kind: UrcKind.Ussd, Text: { } text } => assembler.Add(text),
        { Kind: UrcKind.Unknown, Text: { } text } when assembler.IsWaiting => assembler.Add(text),
        _ => null,
    };
}
