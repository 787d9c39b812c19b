using System.Net;
using System.Net.Sockets;

namespace Sim800.Simulator.Tests.Network;

public sealed class NetworkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("broker:1883")]
    [InlineData("broker:1883=127.0.0.1")]
    [InlineData("broker=127.0.0.1:1883")]
    [InlineData("broker:x=127.0.0.1:1883")]
    [InlineData("broker:1883=127.0.0.1:99999")]
    [InlineData("a:1=b:2=c:3")]
    public void A_map_entry_that_is_none_is_refused(string entry) => Assert.Throws<ArgumentException>(() => SocketNetwork.FromMap([entry]));

    [Fact(Timeout = 120_000)]
    public async Task The_map_sends_a_destination_elsewhere_and_resolves_its_name()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var network = SocketNetwork.FromMap([$"Broker.example.org:8883=127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"]);
        Assert.Equal(IPAddress.Loopback, await network.ResolveAsync("broker.EXAMPLE.org", Token));
        var pipe = await network.ConnectAsync("broker.example.org", 8883, Token);
        using var accepted = await listener.AcceptTcpClientAsync(Token);
        await pipe.Output.WriteAsync("up"u8.ToArray(), Token);
        var received = new byte[2];
        await accepted.GetStream().ReadExactlyAsync(received, Token);
        Assert.Equal("up"u8.ToArray(), received);
        await Assert.IsAssignableFrom<IAsyncDisposable>(pipe).DisposeAsync();
        Assert.Equal(0, await accepted.GetStream().ReadAsync(received, Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_virtual_clock_stands_still_while_a_socket_connects()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var clock = new VirtualClock();
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            Network = SocketNetwork.FromMap([$"broker.example.org:8883=127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"]),
        });
        await VirtualModemTests.ConnectAsync(modem, "broker.example.org", 8883);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_stops_reading_closes_the_window_and_nothing_is_lost()
    {
        const int size = 300_000;
        using var clock = new VirtualClock();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = 0L;
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            BaudRate = 460_800,
            SendBufferSize = 8192,
            Network = new InMemoryNetwork().Serve("slow.example.org", 9, async (line, token) =>
            {
                await release.Task.WaitAsync(token);
                while (taken < size)
                {
                    var result = await line.Input.ReadAsync(token);
                    taken += result.Buffer.Length;
                    line.Input.AdvanceTo(result.Buffer.End);
                }
            }),
        });
        var host = await VirtualModemTests.ConnectAsync(modem, "slow.example.org", 9);
        var sent = 0;
        while (sent < size)
        {
            await host.SendAsync("AT+CIPSEND=0,1000\r");
            await host.ExpectAsync("\r\n> ");
            await host.SendAsync(new byte[1000]);
            sent += 1000;
            var confirmed = host.ExpectAsync("\r\nDATA ACCEPT:0,1000\r\n");
            if (!release.Task.IsCompleted && await Task.WhenAny(confirmed, Task.Delay(TimeSpan.FromMinutes(1), clock, Token)) != confirmed)
            {
                // The peer's buffer and the modem's are full: the modem waits, and so does the host.
                Assert.InRange(sent, 60_000, 90_000);
                release.SetResult();
            }

            await confirmed;
        }

        await Task.Delay(TimeSpan.FromSeconds(10), clock, Token);
        Assert.Equal(size, taken);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_does_not_read_stops_the_server()
    {
        using var clock = new VirtualClock();
        var written = 0;
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            ReceiveBufferSize = 10_000,
            Network = new InMemoryNetwork().Serve("talker.example.org", 9, async (line, token) =>
            {
                while (true)
                {
                    await line.Output.WriteAsync(new byte[1000], token);
                    written += 1000;
                }
            }),
        });
        var host = await VirtualModemTests.ConnectAsync(modem, "talker.example.org", 9);
        await Task.Delay(TimeSpan.FromMinutes(10), clock, Token);
        Assert.Equal(10_000, modem.Counters.TcpBytesReceived);
        Assert.InRange(written, 10_000, 80_000);
        await host.ExpectAsync("\r\n+CIPRXGET: 1,0\r\n");
        await host.SaysAsync("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,10000\r\n\r\nOK\r\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task What_was_sent_before_the_close_arrives()
    {
        using var clock = new VirtualClock();
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            RoundTripTime = TimeSpan.FromSeconds(2),
            Network = new InMemoryNetwork().Serve("sink.example.org", 9, async (line, token) =>
            {
                using var reader = new StreamReader(line.Input.AsStream());
                received.SetResult(await reader.ReadToEndAsync(token));
            }),
        });
        var host = await VirtualModemTests.ConnectAsync(modem, "sink.example.org", 9);
        await host.SaysAsync("AT+CIPSEND=0,7\r", "\r\n> ");
        await host.SaysAsync("goodbye", "\r\nDATA ACCEPT:0,7\r\n");
        await host.SaysAsync("AT+CIPCLOSE=0,1\r", "\r\n0, CLOSE OK\r\n");
        Assert.Equal("goodbye", await received.Task.WaitAsync(Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_reads_only_after_the_close_reads_all_of_it()
    {
        using var clock = new VirtualClock();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            Network = new InMemoryNetwork().Serve("late.example.org", 9, async (line, token) =>
            {
                await closed.Task;
                using var reader = new StreamReader(line.Input.AsStream());
                received.SetResult(token.IsCancellationRequested ? "cancelled" : await reader.ReadToEndAsync(token));
            }),
        });
        var host = await VirtualModemTests.ConnectAsync(modem, "late.example.org", 9);
        await host.SaysAsync("AT+CIPSEND=0,7\r", "\r\n> ");
        await host.SaysAsync("goodbye", "\r\nDATA ACCEPT:0,7\r\n");
        await host.SaysAsync("AT+CIPCLOSE=0,1\r", "\r\n0, CLOSE OK\r\n");
        await Task.Delay(TimeSpan.FromSeconds(10), clock, Token);
        closed.SetResult();
        Assert.Equal("goodbye", await received.Task.WaitAsync(Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_writes_on_after_the_close_is_told()
    {
        using var clock = new VirtualClock();
        var ended = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            Network = new InMemoryNetwork().Serve("talker.example.org", 9, async (line, token) =>
            {
                ended.SetResult(await Record.ExceptionAsync(async () =>
                {
                    while (true)
                    {
                        await line.Output.WriteAsync(new byte[100], token);
                    }
                }));
            }),
        });
        var host = await VirtualModemTests.ConnectAsync(modem, "talker.example.org", 9);
        await host.ExpectAsync("\r\n+CIPRXGET: 1,0\r\n");
        await host.SaysAsync("AT+CIPCLOSE=0,1\r", "\r\n0, CLOSE OK\r\n");
        Assert.IsType<IOException>(await ended.Task.WaitAsync(Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_that_goes_away_cancels_the_servers_of_its_open_links()
    {
        using var clock = new VirtualClock();
        var ended = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            Network = new InMemoryNetwork().Serve("idle.example.org", 9, async (_, token) =>
                ended.SetResult(await Record.ExceptionAsync(() => Task.Delay(Timeout.Infinite, token)))),
        });
        await VirtualModemTests.ConnectAsync(modem, "idle.example.org", 9);
        await modem.DisposeAsync();
        Assert.IsType<TaskCanceledException>(await ended.Task.WaitAsync(Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_ends_closes_the_link_and_one_that_is_removed_refuses_it()
    {
        using var clock = new VirtualClock();
        var network = new InMemoryNetwork().Serve("short.example.org", 9, (_, _) => Task.CompletedTask);
        await using var modem = VirtualModem.Create(new VirtualModemOptions { TimeProvider = clock, Network = network });
        var host = await VirtualModemTests.ConnectAsync(modem, "short.example.org", 9);
        await host.ExpectAsync("\r\n0, CLOSED\r\n");
        network.Remove("short.example.org", 9);
        await host.SaysAsync("AT+CIPSTART=0,\"TCP\",\"203.0.113.9\",9\r", "\r\nOK\r\n\r\n0, CONNECT FAIL\r\n");
    }
}
