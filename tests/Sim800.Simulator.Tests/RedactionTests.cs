using TestKit;

namespace Sim800.Simulator.Tests;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("+CPIN=\"1234\"", "+CPIN=***")]
    [InlineData("E0;+CSTT=\"apn\",\"user\",\"secret\"", "E0;+CSTT=***")]
    [InlineData("+sapbr=3,1,\"PWD\",\"secret\"", "+sapbr=3***")]
    [InlineData("+CPIN = \"1234\"", "+CPIN =***")]
    [InlineData("+cmgw=\"+49170\"", "+cmgw=***")]
    [InlineData("+CGAUTH=1,1,\"secret\",\"user\"", "+CGAUTH=***")]
    [InlineData("+CPIN?", "+CPIN?")]
    [InlineData("+CSQ", "+CSQ")]
    public void Secrets_are_left_out(string line, string logged) => Assert.Equal(logged, Redaction.Of(line));

    [Fact(Timeout = 120_000)]
    public async Task Neither_secrets_nor_payloads_reach_the_log()
    {
        using var clock = new VirtualClock();
        using var log = new LogLines();
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            LoggerFactory = log,
            Pin = "4711",
            RegistrationTime = TimeSpan.Zero,
            Network = new InMemoryNetwork().Serve("echo.example.org", 7, VirtualModemTests.EchoAsync),
        });
        var unlock = new ModemHost(modem.Line);
        await unlock.SaysAsync("AT+CPIN=4711\r", "AT+CPIN=4711\r\r\nOK\r\n\r\n+CPIN: READY\r\n");
        await Task.Delay(TimeSpan.FromSeconds(5), clock, TestContext.Current.CancellationToken);
        await unlock.ExpectAsync("\r\nCall Ready\r\n\r\nSMS Ready\r\n");
        var host = await VirtualModemTests.ConnectAsync(modem, "echo.example.org", 7);
        await host.SaysAsync("AT+CIPSEND=0,6\r", "\r\n> ");
        await host.SaysAsync("s3cr3t", "\r\nDATA ACCEPT:0,6\r\n");
        Assert.Contains("Connecting to echo.example.org:7", log.All);
        Assert.DoesNotContain(log.All, line => line.Contains("4711", StringComparison.Ordinal) || line.Contains("s3cr3t", StringComparison.Ordinal));
    }
}
