namespace Sim800.Simulator.Tests.Driver;

public sealed class LteReferenceDriverTests
{
    private const int Megabyte = 1024 * 1024;

    [Theory(Timeout = 600_000)]
    [InlineData(VirtualModemModel.A7670E, 115_200, false)]
    [InlineData(VirtualModemModel.A7670E, 3_686_400, true)]
    [InlineData(VirtualModemModel.Sim7600E, 115_200, true)]
    [InlineData(VirtualModemModel.Sim7600E, 921_600, false)]
    public async Task A_megabyte_goes_each_way_unharmed(VirtualModemModel model, int rate, bool startsAtPowerOn)
    {
        var seed = TestKit.Seed.Fresh();
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        byte[] up = new byte[Megabyte], down = new byte[Megabyte];
        new Random(seed).NextBytes(up);
        new Random(seed + 1).NextBytes(down);

        using var clock = new VirtualClock();
        byte[]? arrived = null;
        await using var modem = VirtualModem.Create(VirtualModemOptions.For(model) with
        {
            TimeProvider = clock,
            BaudRate = rate,
            Apn = "internet",
            StartsAtPowerOn = startsAtPowerOn,
            Network = new InMemoryNetwork().Serve("bulk.example.org", 9000, async (line, token) =>
            {
                arrived = await ReferenceDriverTests.TakeAsync(line.Input, Megabyte, token);
                await line.Output.WriteAsync(down, token);
                await line.Input.ReadAsync(token);
            }),
        });
        var driver = new LteReferenceDriver(modem.Line);
        await Task.Run(
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(30), clock, TestContext.Current.CancellationToken);
                await driver.BringUpAsync("internet");
                await driver.ConnectAsync("bulk.example.org", 9000);
                await driver.SendAsync(up);
                await driver.ReceiveAsync(Megabyte);
                await driver.CloseAsync();
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(up, arrived);
        Assert.True(driver.Received.SequenceEqual(down), "what came down is what was sent");
        Assert.Equal(Megabyte, modem.Counters.TcpBytesSent);
        Assert.Equal(Megabyte, modem.Counters.TcpBytesReceived);
        Assert.Equal(0, modem.Counters.HostOverrunBytes);
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(2 * Megabyte * 10.0 / rate), "the line was paced");
        TestContext.Current.SendDiagnosticMessage("{0} at {1}: {2}", model, rate, clock.Elapsed);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("prompt-space", "blank-before-ok", "urcs-before-result", "late-result=10s", "urc-before-confirmation=3")]
    [InlineData("creg-denied", "repeated-receive-notice=4", "late-ready@31s", "incoming-message@40s")]
    public async Task What_a_driver_has_to_stand_does_not_harm_a_byte(params string[] faults)
    {
        var bytes = new byte[20_000];
        new Random(7).NextBytes(bytes);
        using var clock = new VirtualClock();
        await using var modem = VirtualModem.Create(VirtualModemOptions.For(VirtualModemModel.A7670E) with
        {
            TimeProvider = clock,
            Faults = FaultPlan.Parse(faults),
            Network = new InMemoryNetwork().Serve("echo.example.org", 7, VirtualModemTests.EchoAsync),
        });
        var driver = new LteReferenceDriver(modem.Line);
        await Task.Run(
            async () =>
            {
                await driver.BringUpAsync("internet");
                await driver.ConnectAsync("echo.example.org", 7);
                await driver.SendAsync(bytes);
                await driver.ReceiveAsync(bytes.Length);
            },
            TestContext.Current.CancellationToken);
        Assert.True(driver.Received.SequenceEqual(bytes), "the echo is what was sent");
    }
}
