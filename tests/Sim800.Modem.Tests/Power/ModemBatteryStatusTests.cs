namespace Sim800.Modem.Tests.Power;

public sealed class ModemBatteryStatusTests
{
    [Theory]
    [InlineData("+CBC: 0,85,3987", ModemChargeState.NotCharging, 85, 3987)]
    [InlineData("+CBC:1,0,3401", ModemChargeState.Charging, 0, 3401)]
    [InlineData("+CBC: 2, 100, 4200", ModemChargeState.Charged, 100, 4200)]
    public void Charge_percentage_and_voltage_are_read(string line, ModemChargeState charge, int percent, int millivolts)
    {
        Assert.True(ModemBatteryStatus.TryRead(line, out var status));

        Assert.Equal(new ModemBatteryStatus(charge, percent, millivolts), status);
        Assert.Equal(millivolts / 1000.0, status.Volts);
    }

    [Fact]
    public void A_modem_may_tell_the_voltage_alone()
    {
        Assert.True(ModemBatteryStatus.TryRead("+CBC: 3.749V", out var status));
        Assert.Equal(new ModemBatteryStatus(ModemChargeState.NotCharging, null, 3749), status);
    }

    [Theory]
    [InlineData("+CBC: 37.49V")]
    [InlineData("+CBC: x.749V")]
    [InlineData("+CBC: 3,85,3987")]
    [InlineData("+CBC: 0,101,3987")]
    [InlineData("+CBC: 0,85,99999")]
    [InlineData("+CBC: 0,85,-1")]
    [InlineData("+CBC: 0,85")]
    [InlineData("+CBC:")]
    public void What_cannot_be_is_refused(string line) => Assert.False(ModemBatteryStatus.TryRead(line, out _));
}
