using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using Sim800.Modem.Serial;
using TestKit;

namespace Sim800.Modem.Tests.Serial;

public sealed class SerialLineTests : SerialLineContract
{
    private static readonly SerialLineOptions Defaults = new();

    protected override IDuplexPipe Open(string device, int baudRate) => SerialLine.Open(device, new SerialLineOptions { BaudRate = baudRate });

    [Theory]
    [InlineData(1200)]
    [InlineData(9600)]
    [InlineData(115200)]
    [InlineData(460800)]
    public Task Megabytes_pass_both_ways_at_once_at_every_rate_setting(int baudRate) => CarryBothWaysAsync(baudRate, 300_000);

    [Fact]
    public async Task A_reader_that_pauses_holds_the_modem_back_and_loses_nothing()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);
        var sent = new byte[400_000];
        new Random(7).NextBytes(sent);

        var modemSends = modem.WriteAsync(sent, Limit);
        var first = await line.Input.ReadAtLeastAsync(32_000, Limit);
        Assert.False(modemSends.IsCompleted); // it cannot have got rid of 400 kB while 64 kB are the limit
        line.Input.AdvanceTo(first.Buffer.Start);
        var received = await ReadExactlyAsync(line.Input, sent.Length);
        await modemSends;

        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task A_hang_up_in_the_middle_of_a_read_is_an_unplugged_device()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);

        var read = line.Input.ReadAsync(Limit).AsTask();
        modem.Dispose();

        var e = await Assert.ThrowsAsync<SerialPortException>(() => read);
        Assert.Equal(SerialPortReason.Unplugged, e.Reason);
        Assert.Equal(modem.DevicePath, e.Device);
        Assert.True(e.IsTransient);
    }

    [Fact]
    public async Task Bytes_received_before_the_hang_up_are_read_first_and_the_reason_comes_after_them()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);
        await modem.WriteAsync("NORMAL POWER DOWN\r\n+half"u8.ToArray(), Limit);
        var first = await line.Input.ReadAtLeastAsync(24, Limit);
        line.Input.AdvanceTo(first.Buffer.Start); // nothing of it taken yet

        modem.Dispose();
        await EndedAsync(line);

        var rest = await line.Input.ReadAsync(Limit);
        Assert.Equal("NORMAL POWER DOWN\r\n+half"u8.ToArray(), rest.Buffer.ToArray());
        Assert.False(rest.IsCompleted);
        line.Input.AdvanceTo(rest.Buffer.GetPosition(19), rest.Buffer.End);
        var e = await Assert.ThrowsAsync<SerialPortException>(() => line.Input.ReadAsync(Limit).AsTask());
        Assert.Equal(SerialPortReason.Unplugged, e.Reason);
        Assert.Throws<SerialPortException>(() => line.Input.TryRead(out _));
    }

    [Fact]
    public async Task A_hang_up_while_the_reader_pauses_is_told_once_it_goes_on()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);
        using var full = CancellationTokenSource.CreateLinkedTokenSource(Limit);
        var sending = modem.WriteAsync(new byte[400_000], full.Token);
        var first = await line.Input.ReadAtLeastAsync(65_536, Limit); // as much as the line keeps: now it reads no more
        line.Input.AdvanceTo(first.Buffer.Start);
        await full.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        modem.Dispose();
        await EndedAsync(line);

        var left = 0L;
        var told = await Assert.ThrowsAsync<SerialPortException>(async () =>
        {
            while (await line.Input.ReadAsync(Limit) is { Buffer.Length: > 0 } rest)
            {
                left += rest.Buffer.Length;
                line.Input.AdvanceTo(rest.Buffer.End);
            }
        });
        Assert.Equal(SerialPortReason.Unplugged, told.Reason);
        Assert.InRange(left, 65_536, 400_000);
    }

    [Fact]
    public async Task A_hang_up_ends_a_flush_that_waits_for_room()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);
        line.Output.Write(new byte[200_000]);

        var flush = line.Output.FlushAsync(Limit).AsTask();
        Assert.False(flush.IsCompleted);
        modem.Dispose();

        Assert.Equal(SerialPortReason.Unplugged, (await Assert.ThrowsAsync<SerialPortException>(() => flush)).Reason);
    }

    [Fact]
    public async Task Writing_after_the_hang_up_gives_the_same_reason()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);
        modem.Dispose();

        var read = await Assert.ThrowsAsync<SerialPortException>(() => line.Input.ReadAsync(Limit).AsTask());
        var write = await Assert.ThrowsAsync<SerialPortException>(
            () => line.Output.WriteAsync("AT\r"u8.ToArray(), Limit).AsTask());

        Assert.Same(read, write);
        Assert.Equal(SerialPortReason.Unplugged, Assert.Throws<SerialPortException>(() => line.SetBaudRate(9600)).Reason);
    }

    [Fact]
    public async Task A_signal_that_interrupts_the_waiting_thread_changes_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals of Linux");
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);

        for (var round = 0; round < 20 && OperatingSystem.IsLinux(); round++)
        {
            Assert.InRange(await ThreadSignal.InterruptAsync("Serial line " + modem.DevicePath, Limit), 1, int.MaxValue);
            await modem.WriteAsync("OK"u8.ToArray(), Limit);
            Assert.Equal("OK"u8.ToArray(), await ReadExactlyAsync(line.Input, 2));
        }
    }

    [Fact]
    public async Task Closing_ends_a_pending_read_without_an_error()
    {
        using var modem = new PseudoTerminal();
        var line = SerialLine.Open(modem.DevicePath, Defaults);

        var read = line.Input.ReadAsync(Limit).AsTask();
        await line.DisposeAsync();

        Assert.True((await read).IsCompleted);
    }

    [Fact]
    public async Task Closing_ends_a_pending_flush_and_what_comes_later_is_refused_quietly()
    {
        using var modem = new PseudoTerminal();
        var line = SerialLine.Open(modem.DevicePath, Defaults);
        line.Output.Write(new byte[200_000]);

        var flush = line.Output.FlushAsync(Limit).AsTask();
        await line.DisposeAsync();
        await line.DisposeAsync();

        Assert.True((await flush).IsCompleted);
        Assert.True((await line.Output.WriteAsync("AT\r"u8.ToArray(), Limit)).IsCompleted);
    }

    [Fact]
    public async Task A_closed_device_can_be_opened_again()
    {
        using var modem = new PseudoTerminal();
        await SerialLine.Open(modem.DevicePath, Defaults).DisposeAsync();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);

        await modem.WriteAsync("RDY"u8.ToArray(), Limit);

        Assert.Equal("RDY"u8.ToArray(), await ReadExactlyAsync(line.Input, 3));
    }

    [Fact]
    public async Task A_closed_device_is_free_though_a_process_that_is_being_started_still_has_its_descriptor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors of Linux");
        using var modem = new PseudoTerminal();
        var device = SerialDevice.Open(modem.DevicePath, Defaults);
        using var inherited = PseudoTerminal.Duplicate(device.Handle);
        device.Dispose();

        await SerialLine.Open(modem.DevicePath, Defaults).DisposeAsync();
    }

    [Fact]
    public async Task Many_lines_are_opened_and_closed_without_a_thread_or_a_descriptor_left_behind()
    {
        using var modem = new PseudoTerminal();
        await SerialLine.Open(modem.DevicePath, Defaults).DisposeAsync();
        var before = Directory.GetFiles("/proc/self/fd").Length;

        for (var i = 0; i < 100; i++)
        {
            await SerialLine.Open(modem.DevicePath, Defaults).DisposeAsync();
            Assert.Throws<SerialPortException>(() => SerialLine.Open("/dev/null", Defaults));
        }

        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 50);
    }

    [Fact]
    public async Task Reading_what_has_arrived_allocates_nothing()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);
        await modem.WriteAsync(new byte[3_000], Limit);
        var result = await line.Input.ReadAtLeastAsync(3_000, Limit);
        line.Input.AdvanceTo(result.Buffer.Start);

        var least = long.MaxValue;
        for (var round = 0; round < 50; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var pending = line.Input.ReadAsync(Limit);
            Assert.True(pending.IsCompletedSuccessfully);
            result = await pending;
            line.Input.AdvanceTo(result.Buffer.GetPosition(10));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public async Task The_rate_can_be_changed_while_the_line_is_open()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);

        line.SetBaudRate(460800);

        Assert.Equal("460800", await SttySpeedAsync(modem.DevicePath));
    }

    [Fact]
    public async Task A_device_is_set_to_raw_8N1_at_the_rate_asked_for()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(
            modem.DevicePath, new SerialLineOptions { BaudRate = 460800, HardwareFlowControl = true });

        var settings = await SttyAsync(modem.DevicePath, "-a");

        Assert.StartsWith("speed 460800 baud", settings, StringComparison.Ordinal);
        foreach (var expected in (string[])["cs8", "-parenb", "-cstopb", "crtscts", "clocal", "cread", "-icanon", "-echo", "-isig", "-opost", "-ixon", "-ixoff", "-icrnl", "-hupcl"])
        {
            Assert.Contains(expected, settings.Split([' ', '\n', ';'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task A_pseudo_terminal_has_no_control_lines_and_says_so()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, Defaults);

        var dtr = Assert.Throws<SerialPortException>(() => line.SetDtr(true));
        var rts = Assert.Throws<SerialPortException>(() => line.SetRts(false));

        Assert.Equal(SerialPortReason.ControlLineUnsupported, dtr.Reason);
        Assert.Contains("no DTR line", dtr.Message, StringComparison.Ordinal);
        Assert.Contains("no RTS line", rts.Message, StringComparison.Ordinal);
    }

    private static Task<string> SttyAsync(string device, string option) => RunAsync("stty", ["-F", device, option]);

    private static async Task<string> SttySpeedAsync(string device) => (await SttyAsync(device, "speed")).Trim();

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Tool.PathOf(program), arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    /// <summary>The line has noticed the hang-up as soon as writing fails.</summary>
    private async Task EndedAsync(SerialLine line)
    {
        await Assert.ThrowsAsync<SerialPortException>(async () =>
        {
            while (true)
            {
                await line.Output.WriteAsync("A"u8.ToArray(), Limit);
                Limit.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        });
    }
}
