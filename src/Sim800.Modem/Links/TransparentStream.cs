using System.Buffers;

namespace Sim800.Modem.Links;

/// <summary>
/// Tells a transparent link's data from the words with which the modem ends it: <c>CLOSED</c> and <c>+PDP: DEACT</c> come in the middle
/// of the data, and only the silence behind them makes them what they are (SIM7000 TCPIP Application Note 2.2.4). So the tail
/// that may be such a word is held back for a moment. Pure: the silence is reported to it.
/// </summary>
internal sealed class TransparentStream
{
    private static readonly byte[][] Words = ["\r\nCLOSED\r\n"u8.ToArray(), "\r\n+PDP: DEACT\r\n"u8.ToArray(), "\r\nOK\r\n"u8.ToArray()];
    private readonly byte[] _held = new byte[32];
    private int _count;

    /// <summary>Whether a tail is held back, so that silence would decide about it.</summary>
    internal bool IsHolding => _count > 0;

    /// <summary>Whether what is held back is a whole word.</summary>
    internal bool HoldsWord => Word is not TransparentWord.None;

    /// <summary>The escape has been sent: <c>OK</c> is a word too.</summary>
    internal bool ExpectsOk { get; set; }

    private TransparentWord Word
    {
        get
        {
            for (var i = 0; i < WordCount; i++)
            {
                if (_held.AsSpan(0, _count).SequenceEqual(Words[i]))
                {
                    return (TransparentWord)(i + 1);
                }
            }

            return TransparentWord.None;
        }
    }

    private int WordCount => ExpectsOk ? Words.Length : Words.Length - 1;

    /// <summary>Takes bytes; gives to <paramref name="data"/> those that are certainly data.</summary>
    internal void Feed(ReadOnlySpan<byte> bytes, IBufferWriter<byte> data)
    {
        while (!bytes.IsEmpty)
        {
            if (_count == 0)
            {
                var plain = bytes.IndexOf((byte)'\r'); // every word begins with CR
                plain = plain < 0 ? bytes.Length : plain;
                data.Write(bytes[..plain]);
                bytes = bytes[plain..];
            }

            if (!bytes.IsEmpty)
            {
                _held[_count++] = bytes[0];
                bytes = bytes[1..];
                Release(data);
            }
        }
    }

    /// <summary>Nothing came for a while. A whole word is one then, and half a word is data.</summary>
    internal TransparentWord OnSilence(IBufferWriter<byte> data)
    {
        var word = Word;
        if (word == TransparentWord.None)
        {
            data.Write(_held.AsSpan(0, _count));
        }

        _count = 0;
        return word;
    }

    /// <summary>Gives away the front of what is held until the rest could again become a word.</summary>
    private void Release(IBufferWriter<byte> data)
    {
        var start = 0;
        while (start < _count && !CouldBecomeWord(_held.AsSpan(start, _count - start)))
        {
            start++;
        }

        if (start > 0)
        {
            data.Write(_held.AsSpan(0, start));
            _held.AsSpan(start, _count - start).CopyTo(_held);
            _count -= start;
        }
    }

    private bool CouldBecomeWord(ReadOnlySpan<byte> tail)
    {
        for (var i = 0; i < WordCount; i++)
        {
            if (Words[i].AsSpan().StartsWith(tail))
            {
                return true;
            }
        }

        return false;
    }
}
