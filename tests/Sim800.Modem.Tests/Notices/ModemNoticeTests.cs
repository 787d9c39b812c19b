namespace Sim800.Modem.Tests.Notices;

public sealed class ModemNoticeTests
{
    [Theory]
    [InlineData("UNDER-VOLTAGE WARNNING", ModemNoticeKind.UnderVoltageWarning)]
    [InlineData("UNDER-VOLTAGE WARNING", ModemNoticeKind.UnderVoltageWarning)]
    [InlineData("OVER-VOLTAGE WARNNING", ModemNoticeKind.OverVoltageWarning)]
    [InlineData("UNDER-VOLTAGE POWER DOWN", ModemNoticeKind.UnderVoltagePowerDown)]
    [InlineData("UNDER-VOLTAGE POWER OFF", ModemNoticeKind.UnderVoltagePowerDown)]
    [InlineData("OVER-VOLTAGE POWER DOWN", ModemNoticeKind.OverVoltagePowerDown)]
    [InlineData("OVER-VOLTAGE POWER OFF", ModemNoticeKind.OverVoltagePowerDown)]
    [InlineData("NORMAL POWER DOWN", ModemNoticeKind.PowerDown)]
    [InlineData("NORMAL POWER OFF", ModemNoticeKind.PowerDown)]
    [InlineData("+CMTE: 1", ModemNoticeKind.Temperature)]
    [InlineData("+CPIN: NOT INSERTED", ModemNoticeKind.SimRemoved)]
    [InlineData("RING", ModemNoticeKind.IncomingCall)]
    [InlineData("+CPIN: READY", null)]
    [InlineData("UNDER-VOLTAGE", null)]
    [InlineData("0, CLOSED", null)]
    [InlineData("", null)]
    public void Every_spelling_is_known(string line, ModemNoticeKind? kind) => Assert.Equal(kind, ModemNotice.KindOf(line));
}
