namespace Sim800.Fuzz;

/// <summary>
/// Chance that is the same everywhere and for ever (SplitMix64). Each input has dice of its own, so that one input can be made again without
/// those before it.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The dice of one input of a run.</summary>
    internal static Dice Of(int seed, long number) => new(((ulong)(uint)seed << 40) ^ (ulong)number * 0xD1342543DE82EF95);

    internal ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>From 0 to below <paramref name="end"/>.</summary>
    internal int Below(int end) => (int)((Next() >> 33) % (ulong)end);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, small ones more often.</summary>
    internal int Small(int least, int most) => least + Below(Below(most - least + 1) + 1);

    internal bool OneIn(int many) => Below(many) == 0;

    internal byte Octet() => (byte)Next();

    internal T Of<T>(IReadOnlyList<T> all) => all[Below(all.Count)];

    internal byte[] Octets(int length)
    {
        var octets = new byte[length];
        for (var i = 0; i < length; i++)
        {
            octets[i] = Octet();
        }

        return octets;
    }

    /// <summary>Lengths of pieces that add up to <paramref name="length"/>.</summary>
    internal IEnumerable<int> Pieces(int length)
    {
        for (var left = length; left > 0;)
        {
            var piece = Small(1, left);
            left -= piece;
            yield return piece;
        }
    }
}
