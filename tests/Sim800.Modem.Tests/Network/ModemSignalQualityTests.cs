namespace Sim800.Modem.Tests.Network;

public sealed class ModemSignalQualityTests
{
    [Theory]
    [InlineData("+CSQ: 24,0", 24, 0, -65)]
    [InlineData("+CSQ:24,0", 24, 0, -65)]
    [InlineData("+CSQ: 0,0", 0, 0, -113)]
    [InlineData("+CSQ: 31, 7", 31, 7, -51)]
    [InlineData("+CSQ: 99,99", 99, 99, null)]
    [InlineData("+CSQ: 100,99", 0, 99, -113)]
    [InlineData("+CSQ: 141,99", 19, 99, -75)]
    [InlineData("+CSQ: 191,99", 31, 99, -51)]
    [InlineData("+CSQ: 199,99", 99, 99, null)]
    public void The_strength_is_a_scale_of_2_dB(string line, int rssi, int errors, int? dbm)
    {
        Assert.True(ModemSignalQuality.TryRead(line, out var quality));

        Assert.Equal((rssi, errors, dbm), (quality.Rssi, quality.BitErrorRate, quality.Dbm));
    }

    [Theory]
    [InlineData("+CSQ: 32,0")]
    [InlineData("+CSQ: -1,0")]
    [InlineData("+CSQ: 24,8")]
    [InlineData("+CSQ: 24")]
    [InlineData("+CSQ: 24,")]
    [InlineData("+CSQ:")]
    [InlineData("+CSQ: 2?,0")]
    [InlineData("+CSQ: 99999999999,0")]
    public void What_is_off_the_scale_is_refused(string line) => Assert.False(ModemSignalQuality.TryRead(line, out _));
}
