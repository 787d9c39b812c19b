using Sim800.Modem.Sms;

namespace Sim800.Modem;

/// <summary>A received short message, put together from all its parts.</summary>
public sealed record SmsMessage
{
    internal SmsMessage()
    {
    }

    /// <summary>The sender's number, such as <c>+491701234567</c>, or name, such as <c>INFO</c>.</summary>
    public required string Sender { get; init; }

    /// <summary>The text; empty when the message carries <see cref="Data"/>.</summary>
    public required string Text { get; init; }

    /// <summary>8 bit data; empty when the message is text.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>When the service centre got it, in its local time; <c>null</c> when it gave no valid time.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>
    /// Where the parts lie in the message store, in their order, and behind them those that came twice; empty when the modem passed them on
    /// without storing them.
    /// </summary>
    public IReadOnlyList<int> StorageIndexes => [.. Places.Select(place => place.Index)];

    /// <summary>The same with the memory that each lies in.</summary>
    internal IReadOnlyList<SmsPlace> Places { get; init; } = [];
}
