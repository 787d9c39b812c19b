using System.Buffers;
using System.IO.Pipelines;
using TestKit;

namespace Sim800.Modem.SerialPorts.Tests;

/// <summary>System.IO.Ports itself, on pseudo-terminals.</summary>
public sealed class SerialPortLineTests : SerialLineContract
{
    protected override IDuplexPipe Open(string device, int baudRate) => SerialPortLine.Open(device, baudRate, hardwareFlowControl: false);

    [Fact]
    public Task Hundreds_of_kilobytes_pass_both_ways_at_once() => CarryBothWaysAsync(460800, 200_000);

    [Fact]
    public async Task A_read_is_cancelled_at_once_and_the_line_lives_on()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialPortLine.Open(modem.DevicePath, 115200, hardwareFlowControl: false);
        using var cancel = new CancellationTokenSource();

        var read = line.Input.ReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read).WaitAsync(Limit);
        await modem.WriteAsync("OK"u8.ToArray(), Limit);

        Assert.Equal("OK"u8.ToArray(), await ReadExactlyAsync(line.Input, 2));
    }

    [Fact]
    public async Task An_adapter_that_is_unplugged_ends_reader_and_writer_with_the_same_typed_error()
    {
        var modem = new PseudoTerminal();
        await using var line = SerialPortLine.Open(modem.DevicePath, 115200, hardwareFlowControl: false);
        await modem.WriteAsync("RDY"u8.ToArray(), Limit);

        var read = ReadToEndAsync(line.Input);
        modem.Dispose();
        var atReader = await Assert.ThrowsAsync<SerialPortException>(() => read).WaitAsync(Limit);
        var atWriter = await Assert.ThrowsAsync<SerialPortException>(() => line.Output.WriteAsync("AT\r"u8.ToArray(), Limit).AsTask());

        Assert.Same(atReader, atWriter);
        Assert.Equal(SerialPortReason.Unplugged, atReader.Reason);
        Assert.Equal(modem.DevicePath, atReader.Device);
        Assert.True(atReader.IsTransient);
    }

    [Fact]
    public async Task A_flush_that_waits_hears_that_the_adapter_was_unplugged()
    {
        var modem = new PseudoTerminal();
        await using var line = SerialPortLine.Open(modem.DevicePath, 115200, hardwareFlowControl: false);
        line.Output.Write(new byte[200_000]);

        var flush = line.Output.FlushAsync(Limit).AsTask();
        modem.Dispose();

        Assert.Equal(SerialPortReason.Unplugged, (await Assert.ThrowsAsync<SerialPortException>(() => flush).WaitAsync(Limit)).Reason);
    }

    [Fact]
    public async Task Closing_ends_a_pending_read_in_order_and_frees_the_device()
    {
        using var modem = new PseudoTerminal();
        var line = SerialPortLine.Open(modem.DevicePath, 115200, hardwareFlowControl: false);

        var read = line.Input.ReadAsync(Limit).AsTask();
        await line.DisposeAsync();
        await line.DisposeAsync();

        Assert.True((await read.WaitAsync(Limit)).IsCompleted);
        await using var again = SerialPortLine.Open(modem.DevicePath, 9600, hardwareFlowControl: false);
        Assert.Equal(9600, again.BaudRate);
    }

    [Fact]
    public async Task Closing_does_not_wait_for_bytes_that_cannot_leave()
    {
        using var modem = new PseudoTerminal();
        var line = SerialPortLine.Open(modem.DevicePath, 115200, hardwareFlowControl: false);
        line.Output.Write(new byte[200_000]);
        var flush = line.Output.FlushAsync(Limit).AsTask();

        await line.DisposeAsync().AsTask().WaitAsync(Limit);

        Assert.True((await flush.WaitAsync(Limit)).IsCompleted);
    }

    [Fact]
    public async Task The_rate_can_be_changed_and_one_that_does_not_exist_is_refused()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialPortLine.Open(modem.DevicePath, 115200, hardwareFlowControl: false);

        line.SetBaudRate(9600);
        var refused = Assert.Throws<SerialPortException>(() => line.SetBaudRate(-1));

        Assert.Equal(9600, line.BaudRate);
        Assert.Equal(SerialPortReason.BaudRateUnsupported, refused.Reason);
        Assert.Contains("-1 baud", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_control_line_that_is_not_there_is_named()
    {
        using var modem = new PseudoTerminal();
        await using var line = SerialPortLine.Open(modem.DevicePath, 115200, hardwareFlowControl: false);

        var refused = Assert.Throws<SerialPortException>(() => line.SetDtr(false));

        Assert.Equal(SerialPortReason.ControlLineUnsupported, refused.Reason);
        Assert.Contains("no DTR line", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/there-is-none", SerialPortReason.NotFound)]
    [InlineData("/dev/null", SerialPortReason.NotATerminal)]
    [InlineData("/", SerialPortReason.NotATerminal)]
    [InlineData("COM5", SerialPortReason.NotFound)]
    public void What_cannot_be_opened_is_told_as_on_the_line_of_our_own(string device, SerialPortReason reason)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "devices of Linux");

        var refused = Assert.Throws<SerialPortException>(() => SerialPortLine.Open(device, 115200, hardwareFlowControl: false));

        Assert.Equal(reason, refused.Reason);
        Assert.Equal(device, refused.Device);
    }

    [Theory]
    [InlineData("", 115200)]
    [InlineData("COM\0", 115200)]
    [InlineData("COM5", 0)]
    [InlineData("COM5", -9600)]
    public void An_argument_out_of_its_range_is_refused(string device, int baudRate) =>
        Assert.ThrowsAny<ArgumentException>(() => SerialPortLine.Open(device, baudRate, hardwareFlowControl: false));

    private async Task ReadToEndAsync(PipeReader reader)
    {
        while (true)
        {
            var result = await reader.ReadAsync(Limit);
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }
}
