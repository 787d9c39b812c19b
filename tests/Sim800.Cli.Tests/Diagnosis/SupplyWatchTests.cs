using Sim800.Cli.Diagnosis;
using Sim800.Modem;

namespace Sim800.Cli.Tests.Diagnosis;

public sealed class SupplyWatchTests
{
    [Fact]
    public void Each_sign_of_a_weak_supply_is_told_once_with_what_to_do()
    {
        var told = new List<string>();
        var watch = new SupplyWatch(told.Add);
        ModemEventKind[] kinds =
        [
            ModemEventKind.UnderVoltage, ModemEventKind.UnderVoltage, ModemEventKind.ContextDeactivated, ModemEventKind.Restarted,
            ModemEventKind.UnderVoltagePowerDown,
        ];
        foreach (var kind in kinds)
        {
            watch.Report(new ModemEvent(kind, "x"));
        }

        Assert.Equal(3, told.Count);
        Assert.StartsWith("the modem reports under-voltage", told[0], StringComparison.Ordinal);
        Assert.All(told, text => Assert.Contains("2 A", text, StringComparison.Ordinal));
    }
}
