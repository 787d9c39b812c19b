using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.Dialects.SimcomLte;

public sealed class FirmwareTroubleTests
{
    [Theory]
    [InlineData("A7670E-LNXY", "A7670M6_B01V01_230724", "23124B03")]
    [InlineData("A7670E-LASE", "A011B12A7670M7", "restart at AT+NETOPEN")]
    [InlineData("A7670G-LABE", "A039B19A7670M7", "AT+CNTP")]
    [InlineData("A7608E-H", "A50CB11V05", "access point")]
    [InlineData("SIMCOM_SIM7600G-H", "LE20B05SIM7600G22", "AT+CGDCONT")]
    public void A_firmware_that_is_known_is_told(string model, string firmware, string says) =>
        Assert.Contains(says, Assert.Single(FirmwareTrouble.Of(model, firmware)), StringComparison.Ordinal);

    [Theory]
    [InlineData("A7670E-FASE", "A011B09A7670M7_F")]
    [InlineData("A7670E-LNXY", "23124B03")]
    [InlineData("SIMCOM_SIM7600G-H", "LE20B04SIM7600G22")]
    [InlineData("", "")]
    public void Of_any_other_nothing_is_said(string model, string firmware) => Assert.Empty(FirmwareTrouble.Of(model, firmware));
}
