namespace Sim800.Simulator.Tests;

public sealed class VirtualModemOptionsTests
{
    public static TheoryData<VirtualModemOptions, string> Senseless => new()
    {
        { new VirtualModemOptions { BaudRate = 0 }, "BaudRate" },
        { new VirtualModemOptions { Model = (VirtualModemModel)99 }, "Model" },
        { new VirtualModemOptions { RoundTripTime = TimeSpan.FromTicks(-1) }, "RoundTripTime" },
        { new VirtualModemOptions { RoundTripJitter = TimeSpan.FromTicks(-1) }, "RoundTripJitter" },
        { new VirtualModemOptions { CommandDelay = TimeSpan.FromTicks(-1) }, "CommandDelay" },
        { new VirtualModemOptions { SendBufferSize = 1459 }, "A buffer" },
        { new VirtualModemOptions { ReceiveBufferSize = 1459 }, "A buffer" },
        { new VirtualModemOptions { UplinkKbps = 0 }, "A rate" },
        { new VirtualModemOptions { DownlinkKbps = 0 }, "A rate" },
        { new VirtualModemOptions { Pin = "123" }, "Pin" },
        { new VirtualModemOptions { Pin = "123456789" }, "Pin" },
        { new VirtualModemOptions { Pin = "12a4" }, "Pin" },
    };

    [Theory]
    [MemberData(nameof(Senseless))]
    public void What_makes_no_sense_is_refused_by_its_name(VirtualModemOptions options, string name) =>
        Assert.StartsWith(name, Assert.Throws<ArgumentException>(() => VirtualModem.Create(options)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_just_within_the_limits_is_taken()
    {
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            BaudRate = 1200,
            SendBufferSize = 1460,
            ReceiveBufferSize = 1460,
            UplinkKbps = 1,
            DownlinkKbps = 1,
            Pin = "12345678",
        });
        Assert.Equal(1, modem.Counters.Boots);
    }

    [Fact]
    public async Task A_modem_in_memory_has_a_line_and_no_device()
    {
        await using var modem = VirtualModem.Create();
        Assert.NotNull(modem.Line);
        Assert.Contains("use its Line", Assert.Throws<InvalidOperationException>(() => modem.DevicePath).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => modem.HostBaudRate = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => modem.PressPowerKey(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => modem.ReceiveCall("+491701234567", 0));
        modem.HostBaudRate = 9600;
        Assert.Equal(9600, modem.HostBaudRate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("no hexadecimal")]
    [InlineData("0001000B911326880736F40000A9")] // an SMS-SUBMIT
    public async Task What_no_network_delivers_is_no_message(string pdu)
    {
        await using var modem = VirtualModem.Create();
        Assert.Throws<ArgumentException>(() => modem.ReceiveMessagePdu(pdu));
    }

    [Fact]
    public async Task A_modem_on_a_pseudo_terminal_has_a_device_and_no_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pseudo-terminals are there on Linux only.");
        await using var modem = VirtualModem.OnPseudoTerminal();
        Assert.StartsWith("/dev/pts/", modem.DevicePath, StringComparison.Ordinal);
        Assert.Contains("open its DevicePath", Assert.Throws<InvalidOperationException>(() => modem.Line).Message, StringComparison.Ordinal);
    }
}
