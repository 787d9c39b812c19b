using System.Buffers.Text;
using System.Text;

namespace Sim800.Modem.At;

/// <summary>
/// The shape of a line in the command table: literal text in which <c>#</c> stands for one or more digits and a final
/// <c>*</c> for anything. A space after a comma or a colon never matters, because firmware versions disagree on it.
/// </summary>
internal sealed class AtPattern
{
    private readonly byte[] _text;
    private readonly bool _open;

    private AtPattern(string text)
    {
        _open = text.EndsWith('*');
        _text = Encoding.ASCII.GetBytes(_open ? text[..^1] : text);
    }

    /// <summary>The pattern <c>*</c>: any line that nothing else claims.</summary>
    internal bool MatchesAnything => _open && _text.Length == 0;

    public static implicit operator AtPattern(string text) => new(text);

    /// <summary>Whether the line has this shape. Allocates nothing.</summary>
    internal bool Matches(ReadOnlySpan<byte> line) => TryMatch(line, missing: -1, out var end) && (_open || end == line.Length);

    /// <summary>Whether the line begins with this shape, one byte of which may have been lost; a lost line end is such a byte. Allocates nothing.</summary>
    internal bool BeginsDamaged(ReadOnlySpan<byte> line)
    {
        for (var missing = -1; missing < _text.Length; missing++)
        {
            if (!MatchesAnything && TryMatch(line, missing, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="line">The line.</param>
    /// <param name="missing">The place in the pattern for which the line has nothing; -1 for none.</param>
    /// <param name="end">Where the pattern ends in the line.</param>
    private bool TryMatch(ReadOnlySpan<byte> line, int missing, out int end)
    {
        end = 0;
        for (var i = 0; i < _text.Length; i++)
        {
            var expected = _text[i];
            if (i == missing)
            {
                SkipSpaces(line, ref end);
                i += i > 0 && i + 1 < _text.Length && _text[i - 1] == '#' && _text[i + 1] == '#' ? 1 : 0; // two numbers have become one
            }
            else if (expected == '#' ? !TakeDigits(line, ref end) : !Take(line, ref end, expected))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Matches the line and reads the numbers at the first four <c>#</c>. Allocates nothing.</summary>
    /// <param name="line">The line.</param>
    /// <param name="numbers">The numbers in their order; one too large to be a number is -1, and so is one that is not there.</param>
    internal bool TryRead(ReadOnlySpan<byte> line, out AtNumbers numbers)
    {
        numbers = AtNumbers.None;
        var (at, count) = (0, 0);
        foreach (var expected in _text)
        {
            var start = at;
            if (expected != '#')
            {
                if (!Take(line, ref at, expected))
                {
                    return false;
                }
            }
            else if (TakeDigits(line, ref at))
            {
                numbers = numbers.With(count++, Utf8Parser.TryParse(line[start..at], out int number, out _) ? number : -1);
            }
            else
            {
                return false;
            }
        }

        return _open || at == line.Length;
    }

    public override string ToString() => Encoding.ASCII.GetString(_text) + (_open ? "*" : "");

    private static bool Take(ReadOnlySpan<byte> line, ref int at, byte expected)
    {
        if (at == line.Length || line[at] != expected)
        {
            return false;
        }

        at++;
        if (expected is (byte)',' or (byte)':')
        {
            SkipSpaces(line, ref at);
        }

        return true;
    }

    private static void SkipSpaces(ReadOnlySpan<byte> line, ref int at) =>
        at += line[at..].IndexOfAnyExcept((byte)' ') is var spaces and >= 0 ? spaces : line.Length - at;

    private static bool TakeDigits(ReadOnlySpan<byte> line, ref int at)
    {
        var digits = line[at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? line.Length - at : digits;
        at += digits;
        return digits > 0;
    }
}
