using System.Buffers;

namespace TestKit;

/// <summary>The ways to cut an input: whole, byte by byte, at every single point, and into random pieces.</summary>
public static class Splits
{
    /// <summary>Piece lengths; each array adds up to <paramref name="length"/>.</summary>
    public static IEnumerable<int[]> Of(int length)
    {
        yield return [length];
        yield return [.. Enumerable.Repeat(1, length)];
        for (var cut = 1; cut < length; cut++)
        {
            yield return [cut, length - cut];
        }
    }

    /// <summary>Random piece lengths that add up to <paramref name="length"/>.</summary>
    public static int[] Random(int length, Random random)
    {
        var pieces = new List<int>();
        for (var left = length; left > 0;)
        {
            var piece = random.Next(1, Math.Min(left, 64) + 1);
            pieces.Add(piece);
            left -= piece;
        }

        return [.. pieces];
    }

    /// <summary>The same bytes as a sequence of segments with the given lengths.</summary>
    public static ReadOnlySequence<byte> Segments(ReadOnlyMemory<byte> bytes, params int[] lengths)
    {
        Segment? first = null;
        Segment? last = null;
        var start = 0;
        foreach (var length in lengths)
        {
            var segment = new Segment(bytes.Slice(start, length), last);
            first ??= segment;
            last = segment;
            start += length;
        }

        return first is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        internal Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
