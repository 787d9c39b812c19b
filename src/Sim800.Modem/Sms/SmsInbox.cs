using System.Threading.Channels;
using Sim800.Modem.At;

namespace Sim800.Modem.Sms;

/// <summary>
/// Announcements of messages, noted in the read loop and taken one by one. Bounded: when more come than are noted, the next
/// one taken says that the whole store must be listed.
/// </summary>
internal sealed class SmsInbox : IDisposable
{
    private const int Capacity = 64;

    private readonly Channel<SmsListing> _noted = Channel.CreateBounded<SmsListing>(new BoundedChannelOptions(Capacity)
    {
        SingleReader = true,
    });

    private readonly SmsNews _news;
    private readonly IDisposable _subscription;
    private readonly CancellationTokenRegistration _closed;
    private volatile bool _overflown;

    internal SmsInbox(AtChannel channel, SmsNews news)
    {
        _news = news;
        _subscription = channel.Urcs.Subscribe(OnUrc);
        _closed = channel.Closed.Register(() => _noted.Writer.TryComplete(channel.ClosedReason()));
    }

    /// <summary>The next announcement: a place in the store, or a PDU with the place -1, or neither when all must be listed.</summary>
    /// <exception cref="ModemClosedException">The serial line has ended.</exception>
    internal async ValueTask<SmsListing> TakeAsync(CancellationToken cancellationToken)
    {
        if (!_overflown)
        {
            await _noted.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        }

        var listsAll = _overflown;
        _overflown = false;
        while (_noted.Reader.TryRead(out var noted))
        {
            if (!listsAll || noted.Index < 0)
            {
                _overflown |= listsAll;
                return noted; // a message that was not stored is nowhere but here
            }
        }

        return new SmsListing(-1, "");
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _closed.Dispose();
    }

    private void OnUrc(Urc urc)
    {
        var listing = urc switch
        {
            { Kind: UrcKind.MessageStored, Text: { } line } when SmsText.TryReadStored(line, _news.Stored, out var place) =>
                new SmsListing(place.Index, "", place.Memory),
            { Kind: UrcKind.Message, Text: { } lines } when SmsText.TryReadDirect(lines, _news.Direct, out var pdu) => new SmsListing(-1, pdu),
            _ => default(SmsListing?),
        };
        if (listing is { } noted && !_noted.Writer.TryWrite(noted))
        {
            _overflown = true;
        }
    }
}

/// <summary>How a kind of message is announced.</summary>
/// <param name="Stored">When it was stored: the prefix of the line.</param>
/// <param name="Direct">When it comes itself.</param>
internal sealed record SmsNews(string Stored, string Direct)
{
    internal static SmsNews Messages { get; } = new("+CMTI:", "+CMT:");

    internal static SmsNews Reports { get; } = new("+CDSI:", "+CDS:");
}
