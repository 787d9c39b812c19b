using System.Buffers;

namespace Sim800.Modem.Links;

/// <summary>
/// Sees to it that data never looks like the escape: silence, three pluses, silence. Whether a short pause is a silence to the modem nobody
/// knows, so every count of pluses that it may have seen since one is kept. Pure: time is a parameter.
/// </summary>
internal sealed class EscapeGuard
{
    /// <summary>From here on a pause may be a silence to the modem, whose second is not ours.</summary>
    internal static readonly TimeSpan Doubtful = TimeSpan.FromMilliseconds(500);

    /// <summary>A pause that certainly is one.</summary>
    internal static readonly TimeSpan Certain = TimeSpan.FromSeconds(2.2);

    private const int Escape = 3;

    /// <summary>Bit n: the modem may have seen a silence and then n pluses and nothing else.</summary>
    private int _counts = 1;

    /// <summary>Nothing was sent for so long.</summary>
    internal void OnPause(TimeSpan pause)
    {
        if (pause >= Certain)
        {
            _counts = 1;
        }
        else if (pause >= Doubtful)
        {
            _counts |= 1;
        }
    }

    /// <summary>How many bytes of the block may go out now; the rest after a pause of <see cref="Certain"/>.</summary>
    internal long Grant(in ReadOnlySequence<byte> block)
    {
        if (block.Length > Escape || !IsPluses(block))
        {
            return block.Length;
        }

        var granted = block.Length;
        while (IsEscape((int)granted))
        {
            granted--;
        }

        return granted;
    }

    /// <summary>So much of what was granted has been sent.</summary>
    internal void OnSent(in ReadOnlySequence<byte> sent) =>
        _counts = sent.Length > Escape || !IsPluses(sent) ? 0 : (_counts << (int)sent.Length) & ((1 << Escape) - 1);

    private static bool IsPluses(in ReadOnlySequence<byte> block)
    {
        foreach (var segment in block)
        {
            if (segment.Span.ContainsAnyExcept((byte)'+'))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsEscape(int pluses) => ((_counts << pluses) & (1 << Escape)) != 0;
}
