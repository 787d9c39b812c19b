namespace Sim800.Modem;

/// <summary>An event that the modem reported unsolicited, or that the driver concluded from it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The modem's own words, or the driver's when it had none.</param>
public readonly record struct ModemEvent(ModemEventKind Kind, string Text)
{
    internal static ModemEvent OfVoltage(string text) => new(
        (text.StartsWith("UNDER", StringComparison.Ordinal), text.Contains("POWER", StringComparison.Ordinal)) switch
        {
            (true, true) => ModemEventKind.UnderVoltagePowerDown,
            (true, false) => ModemEventKind.UnderVoltage,
            (false, true) => ModemEventKind.OverVoltagePowerDown,
            _ => ModemEventKind.OverVoltage,
        },
        text);
}
