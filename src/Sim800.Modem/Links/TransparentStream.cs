using System.Buffers;

namespace Sim800.Modem.Links;

/// <summary>
/// Tells a transparent link's data from the notices with which the modem ends it. They come in the middle of the data, and only the silence
/// behind them makes them what they are: so a tail that may be one is held back for a moment. Pure: the silence is reported to it.
/// </summary>
/// <param name="notices">What the modem may say. All begin with CR and are at most 64 bytes long.</param>
internal sealed class TransparentStream(IReadOnlyList<TransparentNotice> notices)
{
    private readonly byte[] _tail = new byte[64];
    private int _count;
    private int _given;

    /// <summary>Bytes of data so far.</summary>
    internal long GivenBytes { get; private set; }

    /// <summary>Whether a tail is held back from the reader.</summary>
    internal bool IsHolding => _count > _given;

    /// <summary>Whether silence would decide about something.</summary>
    internal bool IsUndecided => _count > 0;

    /// <summary>Whether the tail is a whole word.</summary>
    internal bool HoldsWord => Find() >= 0;

    /// <summary>The escape has been sent: <c>OK</c> is a word too.</summary>
    internal bool ExpectsOk { get; set; }

    /// <summary>The last word that was one, as it came.</summary>
    internal ReadOnlyMemory<byte> Said { get; private set; }

    /// <summary>Takes bytes; gives to <paramref name="data"/> those that are certainly data.</summary>
    internal void Feed(ReadOnlySpan<byte> bytes, IBufferWriter<byte>? data)
    {
        while (!bytes.IsEmpty)
        {
            if (_count == 0)
            {
                var plain = bytes.IndexOf((byte)'\r'); // every word begins with CR
                plain = plain < 0 ? bytes.Length : plain;
                Give(bytes[..plain], data);
                bytes = bytes[plain..];
            }

            if (!bytes.IsEmpty)
            {
                _tail[_count++] = bytes[0];
                bytes = bytes[1..];
                Release(data);
            }
        }
    }

    /// <summary>
    /// Nothing came for a moment. Half a word is given away as data, which it nearly always is; should its other half come within the second
    /// it is recognised all the same.
    /// </summary>
    internal void OnPause(IBufferWriter<byte>? data)
    {
        if (!HoldsWord)
        {
            Give(_tail.AsSpan(_given, _count - _given), data);
            _given = _count;
        }
    }

    /// <summary>Nothing came for a second: a whole word is one, and anything else was data.</summary>
    internal TransparentWord OnSilence(IBufferWriter<byte>? data)
    {
        OnPause(data);
        var found = Find();
        (_count, _given) = (0, 0);
        Said = found < 0 ? default : notices[found].Bytes;
        return found < 0 ? TransparentWord.None : notices[found].Word;
    }

    private int Find()
    {
        for (var i = 0; i < notices.Count; i++)
        {
            if (_tail.AsSpan(0, _count).SequenceEqual(notices[i].Bytes.Span) && Counts(i))
            {
                return i;
            }
        }

        return -1;
    }

    private bool Counts(int word) => ExpectsOk || notices[word].Word != TransparentWord.Ok;

    private void Give(ReadOnlySpan<byte> bytes, IBufferWriter<byte>? data)
    {
        if (data is not null)
        {
            data.Write(bytes);
            GivenBytes += bytes.Length;
        }
    }

    /// <summary>Gives away the front of the tail until the rest could again become a word.</summary>
    private void Release(IBufferWriter<byte>? data)
    {
        var start = 0;
        while (start < _count && !CouldBecomeWord(_tail.AsSpan(start, _count - start)))
        {
            start++;
        }

        if (start > 0)
        {
            Give(_tail.AsSpan(Math.Min(_given, start), Math.Max(0, start - _given)), data);
            _tail.AsSpan(start, _count - start).CopyTo(_tail);
            (_count, _given) = (_count - start, Math.Max(0, _given - start));
        }
    }

    private bool CouldBecomeWord(ReadOnlySpan<byte> tail)
    {
        for (var i = 0; i < notices.Count; i++)
        {
            if (notices[i].Bytes.Span.StartsWith(tail) && Counts(i))
            {
                return true;
            }
        }

        return false;
    }
}

/// <param name="text">As it comes.</param>
/// <param name="word">What it means.</param>
internal sealed class TransparentNotice(string text, TransparentWord word)
{
    internal ReadOnlyMemory<byte> Bytes { get; } = System.Text.Encoding.ASCII.GetBytes(text);

    internal TransparentWord Word => word;
}

/// <summary>What the modem itself says on a transparent link.</summary>
internal enum TransparentWord
{
    /// <summary>Nothing: it was data.</summary>
    None,

    /// <summary>The peer closed.</summary>
    Closed,

    /// <summary>The end of more than the link: the network took the context away, or the modem has restarted or switched off.</summary>
    Notice,

    /// <summary>The escape has worked: command mode.</summary>
    Ok,
}
