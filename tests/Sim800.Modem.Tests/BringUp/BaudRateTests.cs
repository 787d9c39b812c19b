using Sim800.Simulator;

namespace Sim800.Modem.Tests.BringUp;

/// <summary>On pseudo-terminals, where a rate is a rate.</summary>
public sealed class BaudRateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(9600, false)]
    [InlineData(115200, true)]
    public async Task A_modem_is_found_at_its_rate_and_fixed_to_the_wanted_one(int rate, bool autoBaud)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pseudo-terminals are there on Linux only.");
        await using var sim = VirtualModem.OnPseudoTerminal(new VirtualModemOptions { BaudRate = rate, AutoBaud = autoBaud });
        await using (var modem = await CellularModem.OpenAsync(sim.DevicePath, new ModemOptions { BaudRate = 115200 }, Ct))
        {
            Assert.Null(modem.LocalAddress);
        }

        await using var again = await CellularModem.OpenAsync(sim.DevicePath, new ModemOptions { BaudRate = 115200 }, Ct);
        Assert.InRange(again.CommandCount, 5, 7); // found at once: AT (again where this machine is slow), CMEE, IPR, CPIN, CREG
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_may_keep_its_rate()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pseudo-terminals are there on Linux only.");
        await using var sim = VirtualModem.OnPseudoTerminal(new VirtualModemOptions { BaudRate = 57600 });
        await using var modem = await CellularModem.OpenAsync(
            sim.DevicePath, new ModemOptions { BaudRate = 57600, FixBaudRate = false }, Ct);
        Assert.InRange(modem.CommandCount, 4, 6);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_missing_device_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Serial devices by path are for Linux only.");
        var missing = await Assert.ThrowsAsync<SerialPortException>(() => CellularModem.OpenAsync("/dev/no-such-modem", cancellationToken: Ct));
        Assert.Equal(SerialPortReason.NotFound, missing.Reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_stream_serves_as_a_line_too()
    {
        await using var sim = VirtualModem.Create();
        await using var stream = new Sim800.Pipes.DuplexPipeStream(sim.Line);
        await using var modem = await CellularModem.OpenAsync(stream, cancellationToken: Ct);
        Assert.InRange(modem.CommandCount, 4, 6);
    }
}
