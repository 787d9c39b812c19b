using System.Collections.Immutable;

namespace Sim800.Modem.Serial;

/// <summary>The rates of AT+IPR and AT+IPREX and their codes in the kernel's <c>c_cflag</c> (asm-generic/termbits.h).</summary>
internal static class BaudRate
{
    /// <summary>BOTHER: the speed fields say which.</summary>
    private const uint AnyRate = 0x1000;

    private static readonly ImmutableArray<(int Rate, uint Code)> Codes =
    [
        (1200, 0x09),
        (2400, 0x0B),
        (4800, 0x0C),
        (9600, 0x0D),
        (19200, 0x0E),
        (38400, 0x0F),
        (57600, 0x1001),
        (115200, 0x1002),
        (230400, 0x1003),
        (460800, 0x1004),
        (921600, 0x1007),
        (3000000, 0x100D),
        (3200000, AnyRate),
        (3686400, AnyRate),
    ];

    /// <summary>Rates in ascending order.</summary>
    internal static ImmutableArray<int> Supported { get; } = [.. Codes.Select(code => code.Rate)];

    /// <summary>Whether a UART understands another whose divider gives it <paramref name="actual"/>: both together bear 3 %.</summary>
    internal static bool IsCloseEnough(int wanted, long actual) => Math.Abs(actual - wanted) * 100 <= wanted * 3L;

    internal static bool TryGetCode(int rate, out uint code)
    {
        foreach (var known in Codes)
        {
            if (known.Rate == rate)
            {
                code = known.Code;
                return true;
            }
        }

        code = 0;
        return false;
    }
}
