using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem;

/// <summary>Battery and supply voltage (<c>AT+CBC</c>).</summary>
/// <param name="Charge">What the charger does.</param>
/// <param name="Percent">The modem's guess at the charge of a lithium cell, 0 to 100; <c>null</c> from a modem that tells the voltage alone.</param>
/// <param name="Millivolts">Voltage at the module's VBAT pin in mV; 3400 to 4400 is allowed.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModemBatteryStatus(ModemChargeState Charge, int? Percent, int Millivolts)
{
    private const int MaxMillivolts = 20_000;

    /// <summary>Voltage at the module's VBAT pin in V.</summary>
    public double Volts => Millivolts / 1000.0;

    /// <summary>Reads <c>+CBC: 0,85,3987</c>, and <c>+CBC: 3.749V</c> of newer modems.</summary>
    internal static bool TryRead(string line, out ModemBatteryStatus status)
    {
        var text = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        if (text.EndsWith('V') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var volts)
            && volts * 1000 <= MaxMillivolts)
        {
            status = new ModemBatteryStatus(ModemChargeState.NotCharging, null, (int)Math.Round(volts * 1000));
            return true;
        }

        var arguments = new AtArguments(Encoding.Latin1.GetBytes(line));
        var read = arguments.TryReadInt(out var charge)
            & arguments.TryReadInt(out var percent)
            & arguments.TryReadInt(out var millivolts);
        status = new ModemBatteryStatus((ModemChargeState)charge, percent, millivolts);
        return read && charge is >= 0 and <= 2 && percent is >= 0 and <= 100 && millivolts is >= 0 and <= MaxMillivolts;
    }
}

/// <summary>What the modem's charger does (<c>AT+CBC</c>); modules without one always say <see cref="NotCharging"/>.</summary>
public enum ModemChargeState
{
    /// <summary>Not charging.</summary>
    NotCharging = 0,

    /// <summary>Charging.</summary>
    Charging = 1,

    /// <summary>Charged.</summary>
    Charged = 2,
}
