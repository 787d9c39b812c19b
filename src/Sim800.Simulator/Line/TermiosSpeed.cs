namespace Sim800.Simulator.Line;

/// <summary>Linux's codes for line speeds (<c>asm-generic/termbits.h</c>).</summary>
internal static class TermiosSpeed
{
    private static readonly (uint Code, int Rate)[] Table =
    [
        (9, 1200), (11, 2400), (12, 4800), (13, 9600), (14, 19_200), (15, 38_400),
        (0x1001, 57_600), (0x1002, 115_200), (0x1003, 230_400), (0x1004, 460_800), (0x1007, 921_600),
    ];

    /// <summary>The code of a rate; <c>null</c> when a pseudo-terminal cannot carry it.</summary>
    internal static uint? CodeOf(int rate)
    {
        var row = Array.Find(Table, row => row.Rate == rate);
        return row.Rate == 0 ? null : row.Code;
    }

    /// <summary>The rate of a code; <c>null</c> when it is none of the standard ones.</summary>
    internal static int? RateOf(uint code)
    {
        var row = Array.Find(Table, row => row.Code == code);
        return row.Rate == 0 ? null : row.Rate;
    }
}
