using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;

namespace Sim800.Simulator.Tests.Driver;

public sealed class ReferenceDriverTests
{
    private const int Megabyte = 1024 * 1024;

    [Theory(Timeout = 600_000)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(true, true, VirtualModemModel.Sim7000G)]
    public async Task A_megabyte_goes_each_way_unharmed(bool multi, bool manual, VirtualModemModel model = VirtualModemModel.Sim800L)
    {
        var seed = TestKit.Seed.Fresh();
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        byte[] up = new byte[Megabyte], down = new byte[Megabyte];
        new Random(seed).NextBytes(up);
        new Random(seed + 1).NextBytes(down);

        using var clock = new VirtualClock();
        byte[]? arrived = null;
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            Model = model,
            BaudRate = 460_800,
            RoundTripTime = TimeSpan.FromMilliseconds(300),
            RoundTripJitter = TimeSpan.FromMilliseconds(100),
            Network = new InMemoryNetwork().Serve("bulk.example.org", 9000, async (line, token) =>
            {
                arrived = await TakeAsync(line.Input, Megabyte, token);
                await line.Output.WriteAsync(down, token);
                await line.Input.ReadAsync(token);
            }),
        });
        var driver = new ReferenceDriver(modem.Line, multi, manual);
        await Task.Run(
            async () =>
            {
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
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(2 * Megabyte * 10.0 / 460_800), "the line was paced");
    }

    [Fact(Timeout = 600_000)]
    public async Task Both_directions_at_once_do_not_disturb_each_other()
    {
        const int size = 200_000;
        var bytes = new byte[size];
        new Random(5).NextBytes(bytes);
        using var clock = new VirtualClock();
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            RoundTripTime = TimeSpan.FromMilliseconds(200),
            Network = new InMemoryNetwork().Serve("echo.example.org", 7, VirtualModemTests.EchoAsync),
        });
        var driver = new ReferenceDriver(modem.Line, multi: true, manual: false);
        await driver.BringUpAsync("internet");
        await driver.ConnectAsync("echo.example.org", 7);
        await driver.SendAsync(bytes);
        await driver.ReceiveAsync(size);
        Assert.True(driver.Received.SequenceEqual(bytes), "the echo is what was sent");
    }

    [Fact(Timeout = 600_000)]
    public async Task A_week_of_a_message_a_minute_passes_in_seconds()
    {
        const int messages = 7 * 24 * 60;
        using var clock = new VirtualClock();
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            RoundTripTime = TimeSpan.FromMilliseconds(600),
            Network = new InMemoryNetwork().Serve("echo.example.org", 7, VirtualModemTests.EchoAsync),
        });
        var driver = new ReferenceDriver(modem.Line, multi: true, manual: true);
        var message = new byte[40];
        var watch = Stopwatch.StartNew();
        await driver.BringUpAsync("internet");
        await driver.ConnectAsync("echo.example.org", 7);
        for (var i = 1; i <= messages; i++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), clock, TestContext.Current.CancellationToken);
            await driver.SendAsync(message);
            await driver.ReceiveAsync(i * message.Length);
        }

        Assert.InRange(clock.Elapsed.TotalDays, 7, 7.1);
        Assert.Equal(messages, modem.Counters.RoundTrips);
        TestContext.Current.SendDiagnosticMessage("a week took {0}", watch.Elapsed);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_thousand_modems_work_side_by_side()
    {
        const int count = 1000;
        using var clock = new VirtualClock();
        var network = new InMemoryNetwork().Serve("echo.example.org", 7, VirtualModemTests.EchoAsync);
        var modems = Enumerable.Range(0, count)
            .Select(seed => VirtualModem.Create(new VirtualModemOptions
            {
                TimeProvider = clock,
                Network = network,
                Seed = seed,
                RoundTripTime = TimeSpan.FromMilliseconds(600),
                RoundTripJitter = TimeSpan.FromMilliseconds(200),
            }))
            .ToArray();
        await Task.WhenAll(modems.Select(async (modem, number) =>
        {
            var driver = new ReferenceDriver(modem.Line, multi: true, manual: true);
            var message = BitConverter.GetBytes(number);
            await driver.BringUpAsync("internet");
            await driver.ConnectAsync("echo.example.org", 7);
            await driver.SendAsync(message);
            await driver.ReceiveAsync(message.Length);
            Assert.True(driver.Received.SequenceEqual(message), "each modem has its own link");
            await driver.CloseAsync();
        }));
        Assert.Equal(count, modems.Sum(modem => modem.Counters.RoundTrips));
        foreach (var modem in modems)
        {
            await modem.DisposeAsync();
        }
    }

    internal static async Task<byte[]> TakeAsync(PipeReader reader, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var taken = 0;
        while (taken < count)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var part = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, count - taken));
            part.CopyTo(bytes.AsSpan(taken));
            taken += (int)part.Length;
            reader.AdvanceTo(part.End);
            Assert.False(result.IsCompleted && taken < count, "the connection ended early");
        }

        return bytes;
    }
}
