using System.Diagnostics;
using System.IO.Pipelines;

namespace Sim800.Simulator.Tests.Line;

public sealed class PseudoTerminalTests
{
    public PseudoTerminalTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Pseudo-terminals are there on Linux only.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_host_at_another_rate_is_not_understood_until_it_changes()
    {
        await using var modem = VirtualModem.OnPseudoTerminal();
        await using var device = Open(modem);
        var host = new ModemHost(new StreamLine(device));
        await host.SaysAsync("AT\r", "AT\r\r\nOK\r\n");
        await SetRateAsync(modem, 9600);
        await host.SendAsync("AT\r");
        Assert.All(await host.ReadAsync(3), value => Assert.True(value >= 0x80, "the echo is garbage"));
        await SetRateAsync(modem, 115_200);
        await host.SaysAsync("\rAT\r", "\rAT\r\r\nOK\r\n");
    }

    [Theory(Timeout = 120_000)]
    [InlineData(921_600)]
    [InlineData(3_000_000)]
    [InlineData(3_686_400)]
    public async Task The_rates_of_LTE_modules_are_carried(int rate)
    {
        await using var modem = VirtualModem.OnPseudoTerminal(new VirtualModemOptions { Model = VirtualModemModel.A7670E, BaudRate = rate });
        await using var device = Open(modem);
        await new ModemHost(new StreamLine(device)).SaysAsync("AT\r", "AT\r\r\nOK\r\n");
        Assert.Equal(rate, modem.HostBaudRate);
    }

    [Fact(Timeout = 120_000)]
    public async Task Autobauding_takes_the_rate_the_host_has_set()
    {
        await using var modem = VirtualModem.OnPseudoTerminal(new VirtualModemOptions { AutoBaud = true });
        await SetRateAsync(modem, 19_200);
        await using var device = Open(modem);
        var host = new ModemHost(new StreamLine(device));
        await host.SaysAsync("AT\r", "AT\r\r\nOK\r\n");
        Assert.Equal(19_200, modem.HostBaudRate);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_said_while_nobody_listens_is_lost()
    {
        await using var modem = VirtualModem.OnPseudoTerminal();
        await using (var first = Open(modem))
        {
            await new ModemHost(new StreamLine(first)).SaysAsync("ATE0\r", "ATE0\r\r\nOK\r\n");
        }

        modem.ReceiveMessage("+491701234567", "nobody hears of this");
        while (modem.Counters.HostOverrunBytes == 0)
        {
            await Task.Yield();
        }

        await using var second = Open(modem);
        await new ModemHost(new StreamLine(second)).SaysAsync("AT\r", "\r\nOK\r\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_device_that_is_gone_ends_its_host_and_comes_back_behind_the_same_link()
    {
        var link = Path.Combine(Path.GetTempPath(), $"sim800-{Guid.NewGuid():N}");
        await using var modem = VirtualModem.OnPseudoTerminal(linkPath: link);
        await using (var device = Open(modem))
        {
            var host = new ModemHost(new StreamLine(device));
            await host.SaysAsync("ATE0\r", "ATE0\r\r\nOK\r\n");
            modem.Inject(Fault.Parse("device-gone=500ms"));
            Assert.Null(new FileInfo(link).LinkTarget);
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                while (true)
                {
                    device.Write("AT\r"u8);
                    await Task.Delay(10, Token);
                }
            });
        }

        while (new FileInfo(link).LinkTarget is null)
        {
            await Task.Delay(10, Token);
        }

        await using var again = Open(modem);
        await new ModemHost(new StreamLine(again)).SaysAsync("AT\r", "\r\nOK\r\n");
        Assert.Equal(1, modem.Counters.Boots);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_link_replaces_an_old_link_and_goes_with_the_modem()
    {
        var link = Path.Combine(Path.GetTempPath(), $"sim800-{Guid.NewGuid():N}");
        File.CreateSymbolicLink(link, "/dev/null");
        await using (var modem = VirtualModem.OnPseudoTerminal(linkPath: link))
        {
            Assert.StartsWith("/dev/pts/", new FileInfo(link).LinkTarget, StringComparison.Ordinal);
        }

        Assert.Null(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_file_in_the_way_of_the_link_is_left_alone()
    {
        var file = Path.GetTempFileName();
        var e = Assert.Throws<PseudoTerminalException>(() => VirtualModem.OnPseudoTerminal(linkPath: file));
        Assert.Contains(file, e.Message, StringComparison.Ordinal);
        Assert.NotEmpty(e.Remedy);
        Assert.True(File.Exists(file));
        File.Delete(file);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_memory_line_has_no_device_and_a_device_has_no_memory_line()
    {
        await using var inMemory = VirtualModem.Create();
        Assert.Throws<InvalidOperationException>(() => inMemory.DevicePath);
        await using var onTerminal = VirtualModem.OnPseudoTerminal();
        Assert.Throws<InvalidOperationException>(() => onTerminal.Line);
    }

    private static FileStream Open(VirtualModem modem) => new(modem.DevicePath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);

    private static async Task SetRateAsync(VirtualModem modem, int rate)
    {
        using var stty = Process.Start(TestKit.Tool.PathOf("stty"), ["-F", modem.DevicePath, rate.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await stty.WaitForExitAsync(Token);
        Assert.Equal(0, stty.ExitCode);
    }

    private sealed class StreamLine(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream);

        public PipeWriter Output { get; } = PipeWriter.Create(stream);
    }
}
