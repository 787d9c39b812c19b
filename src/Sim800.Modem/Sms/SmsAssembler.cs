using System.Text;

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
    /// <param name="storageIndex">Where it lies; -1 when it was not stored.</param>
    /// <returns>The message, once all its parts are there.</returns>
    internal SmsMessage? Add(SmsSegment segment, int storageIndex)
    {
        if (segment.Part is not { Total: > 1 } part)
        {
            return Join([new Stored(segment, storageIndex)], []);
        }

        var message = Find(segment.Sender, part) ?? Start(segment.Sender, part);
        message.Add(part.Number, new Stored(segment, storageIndex));
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

    private static SmsMessage Join(IReadOnlyList<Stored> parts, IReadOnlyList<int> duplicates) => new()
    {
        Sender = parts[0].Segment.Sender,
        SentAt = parts[0].Segment.SentAt,
        Text = WithoutHalves(GsmAlphabet.Join(parts.Select(part => part.Segment.Text))),
        Data = parts.SelectMany(part => part.Segment.Data.ToArray()).ToArray(),
        StorageIndexes = [.. parts.Select(part => part.StorageIndex).Where(index => index >= 0), .. duplicates],
    };

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

    private sealed record Stored(SmsSegment Segment, int StorageIndex);

    private sealed record Incomplete(string Sender, int Reference, Stored?[] Parts)
    {
        /// <summary>More than any store has places.</summary>
        private const int MaxDuplicates = 255;

        /// <summary>Where parts lie that came twice: they would fill the store for ever.</summary>
        internal List<int> Duplicates { get; } = [];

        internal void Add(int number, Stored stored)
        {
            var before = Parts[number - 1];
            Parts[number - 1] = before ?? stored;
            if (before is not null && stored.StorageIndex >= 0 && stored.StorageIndex != before.StorageIndex
                && Duplicates.Count < MaxDuplicates && !Duplicates.Contains(stored.StorageIndex))
            {
                Duplicates.Add(stored.StorageIndex);
            }
        }
    }
}
