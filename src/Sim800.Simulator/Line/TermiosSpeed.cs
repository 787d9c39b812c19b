using System.Runtime.Versioning;

namespace Sim800.Simulator.Line;

/// <summary>Linux's codes for line speeds (<c>asm-generic/termbits.h</c>), and the way to those that have none, such as 3,686,400.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class TermiosSpeed
{
    /// <summary>No serial adapter goes further.</summary>
    private const int Highest = 4_000_000;

    private static readonly (uint Code, int Rate)[] Table =
    [
        (9, 1200), (11, 2400), (12, 4800), (13, 9600), (14, 19_200), (15, 38_400),
        (0x1001, 57_600), (0x1002, 115_200), (0x1003, 230_400), (0x1004, 460_800), (0x1007, 921_600),
        (0x1008, 1_000_000), (0x1009, 1_152_000), (0x100A, 1_500_000), (0x100B, 2_000_000), (0x100C, 2_500_000), (0x100D, 3_000_000), (0x100E, 3_500_000),
        (0x100F, 4_000_000),
    ];

    /// <summary>The rate of a terminal; <c>null</c> when the system does not tell.</summary>
    internal static int? Of(int descriptor)
    {
        var termios = stackalloc byte[Libc.TermiosSize];
        if (Libc.GetAttributes(descriptor, termios) != 0)
        {
            return null;
        }

        var code = Libc.GetSpeed(termios);
        var row = Array.Find(Table, row => row.Code == code);
        return row.Rate > 0 ? row.Rate
            : Libc.Control(descriptor, Libc.GetAnyRate, termios) == 0 ? *(int*)(termios + Libc.OutputRate)
            : null;
    }

    /// <returns><c>false</c> when the system does not take the rate.</returns>
    internal static bool TrySet(int descriptor, int rate)
    {
        var termios = stackalloc byte[Libc.TermiosSize];
        var row = Array.Find(Table, row => row.Rate == rate);
        if (row.Rate > 0)
        {
            return Libc.GetAttributes(descriptor, termios) == 0 && Libc.SetSpeed(termios, row.Code) == 0 && Libc.SetAttributes(descriptor, 0, termios) == 0;
        }

        if (rate is <= 0 or > Highest || Libc.Control(descriptor, Libc.GetAnyRate, termios) != 0)
        {
            return false;
        }

        var flags = (uint*)(termios + Libc.ControlFlags);
        *flags = (*flags & ~Libc.RateMask) | Libc.AnyRate;
        *(int*)(termios + Libc.InputRate) = rate;
        *(int*)(termios + Libc.OutputRate) = rate;
        return Libc.Control(descriptor, Libc.SetAnyRate, termios) == 0;
    }
}
