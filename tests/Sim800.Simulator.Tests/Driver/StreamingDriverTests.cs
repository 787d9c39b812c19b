namespace Sim800.Simulator.Tests.Driver;

/// <summary>A driver that knows nothing of lines attaches, connects and transfers.</summary>
public sealed class StreamingDriverTests
{
    private const string Host = "echo.example.org";

    private static InMemoryNetwork Network() => new InMemoryNetwork()
        .Serve(Host, 7, VirtualModemTests.EchoAsync)
        .Serve(Host, 9, async (line, token) =>
        {
            await line.Output.WriteAsync(Pattern(300), token);
        });

    private static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];

    [Theory(Timeout = 300_000)]
    [InlineData(115_200, false)]
    [InlineData(57_600, true)]
    public async Task From_power_on_to_data_each_way_on_five_links(int rate, bool autoBaud)
    {
        using var clock = new VirtualClock();
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            BaudRate = rate,
            AutoBaud = autoBaud,
            StartsAtPowerOn = true,
            RoundTripTime = TimeSpan.FromMilliseconds(500),
            Apn = "internet",
            Network = Network(),
        });
        var driver = new StreamingDriver(modem.Line, clock);
        await Task.Run(
            async () =>
            {
                await driver.BeginAsync();
                await driver.RestartAsync();
                await driver.WaitForNetworkAsync();
                await driver.AttachAsync("internet");
                Assert.Equal("10.0.109.44", await driver.AskAsync("+CIFSR;E0"));
                for (var link = 0; link < StreamingDriver.LinkCount; link++)
                {
                    Assert.True(await driver.ConnectAsync(link, Host, 7), "the link opens");
                }

                for (var link = 0; link < StreamingDriver.LinkCount; link++)
                {
                    var sent = Pattern(1000 + link);
                    Assert.Equal(sent.Length, await driver.WriteAsync(link, sent));
                    Assert.Equal(sent, await driver.ReadAsync(link));
                    Assert.True(driver.IsConnected(link));
                }
            },
            TestContext.Current.CancellationToken);
        Assert.Contains(driver.Notices, notice => notice.StartsWith("*PSUTTZ: 2026,1,1,0,0,", StringComparison.Ordinal));
        Assert.Contains(driver.Notices, notice => notice.StartsWith("*PSNWID: \"262\",\"01\", ", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_a_server_leaves_behind_is_read_before_the_link_counts_as_closed()
    {
        using var clock = new VirtualClock();
        await using var modem = VirtualModem.Create(new VirtualModemOptions { TimeProvider = clock, Network = Network() });
        var driver = new StreamingDriver(modem.Line, clock);
        await driver.BeginAsync();
        await driver.AttachAsync("internet");
        Assert.True(await driver.ConnectAsync(3, Host, 9), "the link opens");
        await driver.ListenAsync(TimeSpan.FromSeconds(5));
        Assert.False(driver.IsConnected(3));
        Assert.True(await driver.ConnectAsync(1, Host, 9), "the link opens");
        Assert.Equal(Pattern(300), await driver.ReadAsync(1));
        Assert.False(await driver.ConnectAsync(2, Host, 81), "nobody listens there");
        Assert.False(await driver.ConnectAsync(2, "nowhere.example.org", 7), "nobody knows that name");
    }

    [Fact(Timeout = 120_000)]
    public async Task Its_questions_are_answered_where_it_looks()
    {
        using var clock = new VirtualClock();
        await using var modem = VirtualModem.Create(new VirtualModemOptions { TimeProvider = clock, Network = Network() });
        var driver = new StreamingDriver(modem.Line, clock);
        await driver.BeginAsync();
        Assert.Equal("SIMCOM_Ltd", await driver.AskAsync("+CGMI"));
        Assert.Equal("SIM800 R14.18", await driver.AskAsync("I"));
        Assert.Equal("8949201234567890123F", await driver.ValueAsync("+CCID", "\r\n"));
        Assert.Equal("867717031234567", await driver.ValueAsync("+GSN", "\r\n"));
        Assert.Equal("21,0", await driver.ValueAsync("+CSQ", "+CSQ:"));
        Assert.Equal("0,0,\"Virtual GSM\"", await driver.ValueAsync("+COPS?", "+COPS:"));
        Assert.Equal("\"Virtual GSM\",0", await driver.ValueAsync("+CSPN?", "+CSPN:"));
        Assert.Equal("0,76,4012", await driver.ValueAsync("+CBC", "+CBC:"));
        Assert.Equal("1", await driver.ValueAsync("+CGATT?", "+CGATT:"));
        Assert.Matches("^04/01/01,00:0.:..\\+00\"$", await driver.ValueAsync("+CCLK?", "+CCLK: \""));
        Assert.Equal("OK", await driver.ValueAsync("+SAPBR=1,1", "\r\n"));
        Assert.Equal("OK", await driver.ValueAsync("+CNTP=\"pool.ntp.org\",4", "\r\n"));
        Assert.Equal("1", await driver.ValueAsync("+CNTP", "+CNTP:", 10));
        Assert.Matches("^26/01/01,01:0.:..\\+04\"$", await driver.ValueAsync("+CCLK?", "+CCLK: \""));
        Assert.Equal("OK", await driver.ValueAsync("+CSCS=\"HEX\"", "\r\n"));
        Assert.Equal("0, \"42616C616E63653A2031322E333420455552\", 15", await driver.ValueAsync("+CUSD=1,\"*100#\"", "+CUSD:", 10));
    }
}
