using System.Buffers;

namespace Sim800.Modem.Links;

/// <summary>
/// Keeps data from being taken for the escape sequence: silence, three pluses, silence. Whether the modem takes a short pause for a silence is
/// not known, so every number of pluses that it may have counted since one is tracked. Pure: time is a parameter.
/// </summary>
internal sealed class EscapeGuard
{
    /// <summary>From here on the modem may take a pause for a silence: its clock is not ours.</summary>
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
