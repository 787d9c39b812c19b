using Sim800.Modem.Alphabets;
using Sim800.Modem.Sms;

namespace Sim800.Modem;

/// <summary>What lies at one place of the message store, whatever it is: a message, a part of a long one, a report, a draft, or what cannot be read.</summary>
public sealed record SmsStored
{
    internal SmsStored()
    {
    }

    /// <summary>The number of the place.</summary>
    public int Index => Place.Index;

    /// <summary>The memory that the place is in, such as <c>ME</c>; <c>null</c> for the one that is selected.</summary>
    public string? Memory => Place.Memory;

    /// <summary>As the modem gives it, in hexadecimal; empty when it gave none.</summary>
    public required string Pdu { get; init; }

    /// <summary>The sender of a message; <c>null</c> for anything else.</summary>
    public string? Sender { get; init; }

    /// <summary>When the service centre got the message; <c>null</c> when that is not known.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The text of a message, or of this part of it; <c>null</c> for anything else.</summary>
    public string? Text { get; init; }

    /// <summary>Which part of a long message it is, from 1.</summary>
    public int PartNumber { get; init; } = 1;

    /// <summary>How many parts the message has.</summary>
    public int PartCount { get; init; } = 1;

    /// <summary>The status report; <c>null</c> for anything else.</summary>
    public SmsStatusReport? Report { get; init; }

    /// <summary>Why it cannot be read, in a sentence; <c>null</c> when it can.</summary>
    public string? Unreadable { get; init; }

    internal SmsPlace Place { get; init; }

    internal static SmsStored Of(SmsListing listing)
    {
        var stored = new SmsStored { Place = listing.Place, Pdu = listing.Pdu };
        try
        {
            if (SmsStatusReport.TryRead(listing.Pdu, out var report))
            {
                return stored with { Report = report };
            }

            var segment = SmsDeliver.Read(listing.Pdu);
            return stored with
            {
                Sender = segment.Sender,
                SentAt = segment.SentAt,
                Text = GsmAlphabet.Join([(segment.Text, segment.Languages)]),
                PartNumber = segment.Part?.Number ?? 1,
                PartCount = segment.Part?.Total ?? 1,
            };
        }
        catch (SmsException e)
        {
            return stored with { Unreadable = e.Happened };
        }
    }
}
