using System.Runtime.InteropServices;

namespace Sim800.Modem;

/// <summary>Something the modem said of itself without being asked.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="At">When it came, by the clock of the modem's options.</param>
/// <param name="Line">The modem's own words.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModemNotice(ModemNoticeKind Kind, DateTimeOffset At, string Line)
{
    private static readonly (string Prefix, ModemNoticeKind Kind)[] Lines =
    [
        ("UNDER-VOLTAGE WARN", ModemNoticeKind.UnderVoltageWarning), // the modem writes WARNNING
        ("OVER-VOLTAGE WARN", ModemNoticeKind.OverVoltageWarning),
        ("UNDER-VOLTAGE POWER ", ModemNoticeKind.UnderVoltagePowerDown), // POWER DOWN, or OFF on a SIM800F
        ("OVER-VOLTAGE POWER ", ModemNoticeKind.OverVoltagePowerDown),
        ("NORMAL POWER ", ModemNoticeKind.PowerDown),
        ("+CMTE:", ModemNoticeKind.Temperature),
        ("+CPIN: NOT INSERTED", ModemNoticeKind.SimRemoved),
        ("RING", ModemNoticeKind.IncomingCall),
    ];

    /// <summary>What the line means; <c>null</c> when it is no notice.</summary>
    internal static ModemNoticeKind? KindOf(string line)
    {
        foreach (var (prefix, kind) in Lines)
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }
}
