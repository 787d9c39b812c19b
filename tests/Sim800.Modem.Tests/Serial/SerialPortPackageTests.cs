using Sim800.Modem.Serial;

namespace Sim800.Modem.Tests.Serial;

public sealed class SerialPortPackageTests
{
    [Fact]
    public void Where_the_package_is_missing_its_name_and_the_command_that_adds_it_are_told()
    {
        var refused = Assert.Throws<PlatformNotSupportedException>(() => SerialPortPackage.Open("COM5", new SerialLineOptions()));

        Assert.Equal(
            "On this system a serial device is opened by the package Sim800.Modem.SerialPort, which this application does not have. "
            + "Add it: 'dotnet add package Sim800.Modem.SerialPort'.",
            refused.Message);
    }
}
