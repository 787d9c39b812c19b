using Sim800.Modem.Serial;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Modem.SerialPorts.Tests;

/// <summary>The driver over System.IO.Ports, against a virtual modem on a pseudo-terminal.</summary>
public sealed class ModemOverSerialPortTests : IDisposable
{
    private readonly CancellationTokenSource _limit =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public ModemOverSerialPortTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals of Linux");
        _limit.CancelAfter(TimeSpan.FromMinutes(2));
    }

    private CancellationToken Limit => _limit.Token;

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task A_modem_is_opened_identified_and_closed()
    {
        await using var hardware = VirtualModem.OnPseudoTerminal();
        await using var line = SerialPortLine.Open(hardware.DevicePath, 115200, hardwareFlowControl: false);
        await using var modem = await CellularModem.OpenAsync(line, cancellationToken: Limit);

        var identity = await modem.ReadIdentityAsync(Limit);

        Assert.Contains("SIM800", identity.Model, StringComparison.Ordinal);
    }

    /// <summary>The rate is the line's to change, so a modem at another one is found and set, as on the line of our own.</summary>
    [Fact]
    public async Task A_modem_at_another_rate_is_found()
    {
        await using var hardware = VirtualModem.OnPseudoTerminal(new VirtualModemOptions { BaudRate = 9600 });
        await using var line = SerialPortLine.Open(hardware.DevicePath, 115200, hardwareFlowControl: false);
        await using var modem = await CellularModem.OpenAsync(line, new ModemOptions { BaudRate = 115200 }, Limit);

        Assert.Equal(115200, line.BaudRate);
        Assert.Contains("SIM800", (await modem.ReadIdentityAsync(Limit)).Model, StringComparison.Ordinal);
    }

    /// <summary>What happens on Windows and macOS when a device is given by name.</summary>
    [Fact]
    public async Task The_driver_finds_the_package_by_itself()
    {
        using var modem = new PseudoTerminal();

        await using var line = SerialPortPackage.Open(modem.DevicePath, new SerialLineOptions { BaudRate = 9600 });

        Assert.IsType<SerialPortLine>(line);
        Assert.Equal(9600, line.BaudRate);
    }

    [Fact]
    public void A_failure_of_the_package_is_told_as_it_is()
    {
        var refused = Assert.Throws<SerialPortException>(() => SerialPortPackage.Open("/dev/there-is-none", new SerialLineOptions()));

        Assert.Equal(SerialPortReason.NotFound, refused.Reason);
    }
}
