using Sim800.Modem;

namespace Sim800.Cli.Diagnosis;

/// <summary>Tells once of each way in which the modem's supply shows that it is weak, and of a bad line.</summary>
internal sealed class SupplyWatch(Action<string> tell) : IProgress<ModemEvent>
{
    private const string Remedy = "feed it from 3.4 to 4.2 V with 2 A peaks, with short thick wires and 1000 uF at its pins";

    private readonly Lock _gate = new();
    private readonly HashSet<ModemEventKind> _told = [];

    public void Report(ModemEvent value)
    {
        if (TextOf(value.Kind) is not { } text)
        {
            return;
        }

        lock (_gate)
        {
            if (_told.Add(value.Kind))
            {
                tell(text);
            }
        }
    }

    internal static string? TextOf(ModemEventKind kind) => kind switch
    {
        ModemEventKind.UnderVoltage => $"the modem reports under-voltage, 3.5 V or less: {Remedy}",
        ModemEventKind.UnderVoltagePowerDown => $"the modem switched itself off for under-voltage, less than 3.4 V: {Remedy}",
        ModemEventKind.OverVoltage => $"the modem reports over-voltage, 4.3 V or more: {Remedy}",
        ModemEventKind.OverVoltagePowerDown => $"the modem switched itself off for over-voltage, more than 4.4 V: {Remedy}",
        ModemEventKind.Restarted => $"the modem restarted, most likely because its supply broke down: {Remedy}",
        ModemEventKind.KeepsRestarting => $"the modem keeps restarting, most likely because its supply breaks down: {Remedy}",
        ModemEventKind.LineDamaged =>
            "the line is bad, bytes are damaged or lost on it: check the baud rate (--baud), the ground wire and flow control (a lower --baud, or --rtscts)",
        _ => null,
    };
}
