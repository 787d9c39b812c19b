namespace Sim800.Modem.Tests.Network;

public sealed class ModemServingCellTests
{
    [Theory]
    [InlineData("+CPSI: LTE,Online,001-01,0x230A,12345678,318,EUTRAN-BAND3,1650,5,0,21,67,255,19", "EUTRAN-BAND3", -9.5, -73.0, null)]
    [InlineData("+CPSI: LTE,Online,001-01,0x3F29,12345678,125,EUTRAN-BAND12,5035,2,2,-196,-1167,-832,7", "EUTRAN-BAND12", -19.6, -116.7, -83.2)]
    [InlineData("+CPSI: LTE,Online,001-01,0x3F29,12345678,125,EUTRAN-BAND12,5035,2,2", "EUTRAN-BAND12", null, null, null)]
    [InlineData("+CPSI: GSM,Online,001-01,0x230A,1234,17 EGSM 900,-64,0,35-35", null, null, null, null)]
    public void Levels_are_tenths_where_they_are_negative_and_indexes_where_not(string line, string? band, double? rsrq, double? rsrp, double? rssi)
    {
        Assert.True(ModemServingCell.TryRead(line, out var cell));
        Assert.Equal(("001-01", band, rsrq, rsrp, rssi), (cell!.Network, cell.Band, cell.Rsrq, cell.Rsrp, cell.Rssi));
    }

    [Theory]
    [InlineData("+CPSI: NO SERVICE,Online")]
    [InlineData("+CPSI: NO SERVICE, Low Power Mode")]
    public void Without_service_there_is_no_cell(string line)
    {
        Assert.True(ModemServingCell.TryRead(line, out var cell));
        Assert.Null(cell);
    }

    [Theory]
    [InlineData("+CPSI:")]
    [InlineData("+CPSI: LTE")]
    public void Half_a_line_is_refused(string line) => Assert.False(ModemServingCell.TryRead(line, out _));
}
