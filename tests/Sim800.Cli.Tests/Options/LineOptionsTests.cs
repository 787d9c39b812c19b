using System.CommandLine;
using Sim800.Cli.Options;

namespace Sim800.Cli.Tests.Options;

public sealed class LineOptionsTests
{
    private readonly TestHost _test = new();

    [Fact]
    public void Everything_is_read()
    {
        var settings = Read("--device /dev/x --baud 9600 --apn a --apn-user u --apn-password p --pin 1234 --max-send 1024 --rtscts "
            + "--registration-timeout 1.5 --dns 9.9.9.9 --dns 1.1.1.1");
        Assert.Equal(("/dev/x", 9600, "a", "u", "p", "1234"),
            (settings.Device, settings.BaudRate, settings.Apn, settings.ApnUser, settings.ApnPassword, settings.Pin));
        Assert.Equal((1024, true, TimeSpan.FromSeconds(1.5)), (settings.MaxSendSize, settings.FlowControl, settings.RegistrationTimeout));
        Assert.Equal(["9.9.9.9", "1.1.1.1"], settings.DnsServers.Select(server => server.ToString()));
        Assert.Equal("/dev/x at 9600 baud", settings.ToString());
    }

    [Fact]
    public void The_environment_fills_in_and_the_command_line_wins()
    {
        (string Name, string Value)[] variables =
        [
            ("SIM800_DEVICE", "/dev/y"), ("SIM800_BAUD", "57600"), ("SIM800_APN", "net"), ("SIM800_APN_USER", "u"),
            ("SIM800_APN_PASSWORD", "p"), ("SIM800_PIN", "0000"),
        ];
        foreach (var (name, value) in variables)
        {
            _test.Variables[name] = value;
        }

        var settings = Read("--apn mine");
        Assert.Equal(("/dev/y", 57600, "mine", "u", "p", "0000"),
            (settings.Device, settings.BaudRate, settings.Apn, settings.ApnUser, settings.ApnPassword, settings.Pin));
    }

    [Fact]
    public void A_device_must_be_named() =>
        Assert.Contains("SIM800_DEVICE", Assert.Throws<UsageException>(() => Read(string.Empty)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--baud 1")]
    [InlineData("--baud 4000000")]
    [InlineData("--pin 12")]
    [InlineData("--pin 12x4")]
    [InlineData("--max-send 0")]
    [InlineData("--max-send 1501")]
    [InlineData("--registration-timeout 0")]
    [InlineData("--registration-timeout -1")]
    [InlineData("--registration-timeout 86401")]
    [InlineData("--dns resolver.example.com")]
    [InlineData("--dns 2620:fe::fe")]
    [InlineData("--dns 1.1.1.1 --dns 1.1.1.2 --dns 1.1.1.3")]
    public void A_value_out_of_range_is_refused(string line)
    {
        var thrown = Assert.Throws<UsageException>(() => Read("--device d " + line));
        Assert.StartsWith(line.Split(' ')[0], thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_is_no_number_is_named()
    {
        _test.Variables["SIM800_BAUD"] = "fast";
        Assert.Contains("SIM800_BAUD", Assert.Throws<UsageException>(() => Read("--device d")).Message, StringComparison.Ordinal);
    }

    private LineSettings Read(string line)
    {
        var options = new LineOptions();
        var command = new Command("x");
        options.AddTo(command);
        return options.Read(command.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), _test.Host);
    }
}
