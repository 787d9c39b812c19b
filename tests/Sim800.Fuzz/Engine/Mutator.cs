using System.Text;

namespace Sim800.Fuzz;

/// <summary>Changes a good input here and there: bits, octets, ranges, numbers, and words that the target knows.</summary>
internal sealed class Mutator(IReadOnlyList<string> words, int longest)
{
    private static readonly byte[] Odd = [0, 1, 0x7F, 0x80, 0xFF, (byte)'\r', (byte)'\n', (byte)'"', (byte)',', (byte)'\\', (byte)' ', (byte)'0', (byte)'-'];

    private static readonly string[] Numbers =
        ["0", "-1", "1", "9", "255", "256", "1460", "1500", "1501", "32768", "65535", "65536", "2147483647", "2147483648", "4294967296", "99999999999999999999", "1e9", "007"];

    private readonly byte[][] _words = [.. words.Select(Encoding.Latin1.GetBytes)];

    internal byte[] Mutate(byte[] input, Dice dice)
    {
        var bytes = new List<byte>(input);
        for (var changes = dice.Small(1, 6); changes > 0; changes--)
        {
            Change(bytes, dice);
        }

        if (bytes.Count > longest)
        {
            bytes.RemoveRange(longest, bytes.Count - longest);
        }

        return [.. bytes];
    }

    /// <summary>The beginning of one and the end of another.</summary>
    internal static byte[] Join(byte[] first, byte[] second, Dice dice) =>
        [.. first.AsSpan(0, dice.Below(first.Length + 1)), .. second.AsSpan(dice.Below(second.Length + 1))];

    private void Change(List<byte> bytes, Dice dice)
    {
        var at = dice.Below(bytes.Count + 1);
        var left = bytes.Count - at;
        switch (dice.Below(12))
        {
            case 0 when left > 0:
                bytes[at] ^= (byte)(1 << dice.Below(8));
                break;
            case 1 when left > 0:
                bytes[at] = dice.Octet();
                break;
            case 2 when left > 0:
                bytes[at] = dice.Of(Odd);
                break;
            case 3 when left > 0:
                bytes[at] += (byte)(dice.Below(5) - 2);
                break;
            case 4:
                bytes.Insert(at, dice.OneIn(2) ? dice.Octet() : dice.Of(Odd));
                break;
            case 5 when left > 0:
                bytes.RemoveRange(at, dice.Small(1, left));
                break;
            case 6 when left > 0:
                bytes.InsertRange(at, Repeated(bytes.GetRange(at, dice.Small(1, left)), dice));
                break;
            case 7 when left > 0:
                Copy(bytes, at, dice.Small(1, left), dice);
                break;
            case 8 when left > 0:
                bytes.RemoveRange(at, left);
                break;
            case 9:
                ReplaceNumber(bytes, at, dice);
                break;
            default:
                if (_words.Length > 0)
                {
                    bytes.InsertRange(at, dice.Of(_words));
                }

                break;
        }
    }

    private byte[] Repeated(List<byte> range, Dice dice)
    {
        var times = dice.OneIn(20) ? Math.Max(1, longest / range.Count) : dice.Small(1, 4);
        return [.. Enumerable.Repeat(range, times).SelectMany(one => one).Take(longest)];
    }

    /// <summary>Lengths and tags stay plausible where a piece lies over another.</summary>
    private static void Copy(List<byte> bytes, int at, int count, Dice dice)
    {
        var range = bytes.GetRange(at, count);
        var to = dice.Below(bytes.Count - count + 1);
        for (var i = 0; i < count; i++)
        {
            bytes[to + i] = range[i];
        }
    }

    private static void ReplaceNumber(List<byte> bytes, int from, Dice dice)
    {
        var start = bytes.FindIndex(from, octet => char.IsAsciiDigit((char)octet));
        if (start < 0)
        {
            return;
        }

        var end = bytes.FindIndex(start, octet => !char.IsAsciiDigit((char)octet));
        bytes.RemoveRange(start, (end < 0 ? bytes.Count : end) - start);
        bytes.InsertRange(start, Encoding.ASCII.GetBytes(dice.Of(Numbers)));
    }
}
