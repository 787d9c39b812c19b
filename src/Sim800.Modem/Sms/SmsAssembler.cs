using System.Text;
using Sim800.Modem.Alphabets;

namespace Sim800.Modem.Sms;

/// <summary>
/// Puts long messages together. Pure. Of messages that miss parts only so many are kept; what is let go of stays in the
/// modem's store.
/// </summary>
internal sealed class SmsAssembler
{
    internal const int MaxIncomplete = 32;

    private readonly List<Incomplete> _incomplete = [];

    /// <param name="segment">A whole message or a part of one.</param>
    /// <param name="place">Where it lies; <c>null</c> when it was not stored.</param>
    /// <returns>The message, once all its parts are there.</returns>
    internal SmsMessage? Add(SmsSegment segment, SmsPlace? place)
    {
        if (segment.Part is not { Total: > 1 } part)
        {
            return Join([new Stored(segment, place)], []);
        }

        var message = Find(segment.Sender, part) ?? Start(segment.Sender, part);
        message.Add(part.Number, new Stored(segment, place));
        if (message.Parts.Any(stored => stored is null))
        {
            return null;
        }

        _incomplete.Remove(message);
        return Join([.. message.Parts.OfType<Stored>()], message.Duplicates);
    }

    private Incomplete? Find(string sender, SmsConcatenation part) =>
        _incomplete.Find(message =>
            message.Reference == part.Reference && message.Parts.Length == part.Total
            && string.Equals(message.Sender, sender, StringComparison.Ordinal));

    private Incomplete Start(string sender, SmsConcatenation part)
    {
        if (_incomplete.Count == MaxIncomplete)
        {
            _incomplete.RemoveAt(0);
        }

        var message = new Incomplete(sender, part.Reference, new Stored?[part.Total]);
        _incomplete.Add(message);
        return message;
    }

    private static SmsMessage Join(IReadOnlyList<Stored> parts, IReadOnlyList<SmsPlace> duplicates) => new()
    {
        Sender = parts[0].Segment.Sender,
        SentAt = parts[0].Segment.SentAt,
        Text = WithoutHalves(GsmAlphabet.Join(parts.Select(part => (TextOf(part.Segment, parts[0].Segment), part.Segment.Languages)))),
        Data = parts.SelectMany(part => part.Segment.Data.ToArray()).ToArray(),
        Places = [.. parts.Select(part => part.Place).OfType<SmsPlace>(), .. duplicates],
    };

    /// <summary>Only the first part has the byte order mark.</summary>
    private static string TextOf(SmsSegment segment, SmsSegment first) =>
        first.IsLittleEndian && !segment.IsLittleEndian ? SmsDeliver.Swapped(segment.Text) : segment.Text;

    /// <summary>Half a surrogate pair without the other half becomes U+FFFD.</summary>
    private static string WithoutHalves(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    private sealed record Stored(SmsSegment Segment, SmsPlace? Place);

    private sealed record Incomplete(string Sender, int Reference, Stored?[] Parts)
    {
        /// <summary>More than any store has places.</summary>
        private const int MaxDuplicates = 255;

        /// <summary>Where parts lie that came twice: they would fill the store for ever.</summary>
        internal List<SmsPlace> Duplicates { get; } = [];

        internal void Add(int number, Stored stored)
        {
            var before = Parts[number - 1];
            Parts[number - 1] = before ?? stored;
            if (before is not null && stored.Place is { } place && place != before.Place
                && Duplicates.Count < MaxDuplicates && !Duplicates.Contains(place))
            {
                Duplicates.Add(place);
            }
        }
    }
}

/// <summary>A place of the message store.</summary>
/// <param name="Memory">Such as <c>SM</c> or <c>ME</c>; <c>null</c> for the one that is selected.</param>
/// <param name="Index">Its number there.</param>
internal readonly record struct SmsPlace(string? Memory, int Index);
