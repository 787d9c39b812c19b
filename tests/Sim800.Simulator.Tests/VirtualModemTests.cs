using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Sim800.Simulator.Tests;

public sealed class VirtualModemTests
{
    private const string BringUp = "AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1;+CSTT=\"internet\"\r";

    [Fact(Timeout = 120_000)]
    public async Task An_answer_comes_after_the_line_the_delay_and_the_line_again()
    {
        using var clock = new VirtualClock();
        await using var modem = VirtualModem.Create(new VirtualModemOptions { TimeProvider = clock, BaudRate = 9600, CommandDelay = TimeSpan.FromMilliseconds(5) });
        var host = new ModemHost(modem.Line);
        await host.SaysAsync("ATE0\r", "ATE0\r\r\nOK\r\n");
        var start = clock.Elapsed;
        await host.SaysAsync("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");

        // 7 bytes up, 5 ms, 20 bytes down; a byte takes ten bits.
        var expected = TimeSpan.FromMilliseconds(5) + TimeSpan.FromSeconds(27 * 10 / 9600.0);
        Assert.InRange((clock.Elapsed - start).TotalMilliseconds, expected.TotalMilliseconds - 0.01, expected.TotalMilliseconds + 0.01);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task So_many_exchanges_with_a_server_cost_so_many_round_trips(int exchanges)
    {
        using var clock = new VirtualClock();
        var network = new InMemoryNetwork().Serve("echo.example.org", 7, EchoAsync);
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            Network = network,
            RoundTripTime = TimeSpan.FromMilliseconds(600),
            BaudRate = 460_800,
        });
        var host = await ConnectAsync(modem, "echo.example.org", 7);
        var start = clock.Elapsed;
        for (var i = 0; i < exchanges; i++)
        {
            await host.SaysAsync("AT+CIPSEND=0,4\r", "\r\n> ");
            await host.SaysAsync("ping", "\r\nDATA ACCEPT:0,4\r\n");
            await host.ExpectAsync("\r\n+CIPRXGET: 1,0\r\n");
            await host.SaysAsync("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,4,0\r\nping\r\nOK\r\n");
        }

        var spent = (clock.Elapsed - start).TotalMilliseconds;
        Assert.InRange(spent, exchanges * 600, exchanges * 630);
        Assert.Equal(exchanges, modem.Counters.RoundTrips);
        Assert.Equal(exchanges, modem.Counters.CipSends);
        Assert.Equal(exchanges, modem.Counters.CipRxGetReads);
        Assert.Equal(4 * exchanges, modem.Counters.TcpBytesSent);
        Assert.Equal(4 * exchanges, modem.Counters.TcpBytesReceived);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_counters_are_one_line_of_JSON()
    {
        using var clock = new VirtualClock();
        await using var modem = VirtualModem.Create(new VirtualModemOptions { TimeProvider = clock });
        var host = new ModemHost(modem.Line);
        await host.SaysAsync("ATE0;+CSQ\r", "ATE0;+CSQ\r\r\n+CSQ: 21,0\r\n\r\nOK\r\n");

        Assert.Equal(
            """{"commands":{"+CSQ":1,"E":1},"commandLines":1,"uartBytesFromHost":10,"uartBytesToHost":30,"tcpBytesSent":0,"tcpBytesReceived":0,"cipSends":0,"cipRxGetReads":0,"roundTrips":0,"connections":0,"boots":1,"hostOverrunBytes":0}""",
            modem.Counters.ToJson());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_pseudo_terminal_talks_to_a_real_socket_and_outlives_its_hosts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pseudo-terminals are there on Linux only.");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var link = Path.Combine(Path.GetTempPath(), $"sim800-{Guid.NewGuid():N}");
        await using var modem = VirtualModem.OnPseudoTerminal(
            new VirtualModemOptions { Network = SocketNetwork.FromMap([$"broker.example.org:1883=127.0.0.1:{port}"]) },
            link);
        Assert.Equal(link, modem.DevicePath);

        // A first host that goes away in the midst of a word.
        await using (var first = new FileStream(modem.DevicePath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0))
        {
            await first.WriteAsync("A"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        await using var second = new FileStream(modem.DevicePath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        var host = new ModemHost(new StreamLine(second));
        await host.SendAsync("AT\rATE0\r");
        await host.ReadThroughAsync("ATE0\r\r\nOK\r\n");
        await host.SaysAsync(BringUp, "\r\nOK\r\n");
        await host.SaysAsync("AT+CIICR\r", "\r\nOK\r\n");
        await host.SaysAsync("AT+CIFSR\r", "\r\n10.0.109.44\r\n");
        await host.SaysAsync("AT+CIPSTART=0,\"TCP\",\"broker.example.org\",1883\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        using var accepted = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await host.SaysAsync("AT+CIPSEND=0,5\r", "\r\n> ");
        await host.SaysAsync("hello", "\r\nDATA ACCEPT:0,5\r\n");
        var received = new byte[5];
        await accepted.GetStream().ReadExactlyAsync(received, TestContext.Current.CancellationToken);
        Assert.Equal("hello"u8.ToArray(), received);
        await accepted.GetStream().WriteAsync("\0\r\nOK\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await host.ExpectAsync("\r\n+CIPRXGET: 1,0\r\n");
        await host.SaysAsync("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,7,0\r\n\0\r\nOK\r\n\r\nOK\r\n");
        await modem.DisposeAsync();
        Assert.False(File.Exists(link));
    }

    internal static async Task<ModemHost> ConnectAsync(VirtualModem modem, string name, int port)
    {
        var host = new ModemHost(modem.Line);
        await host.SaysAsync("ATE0\r", "ATE0\r\r\nOK\r\n");
        await host.SaysAsync(BringUp, "\r\nOK\r\n");
        await host.SaysAsync("AT+CIICR\r", "\r\nOK\r\n");
        await host.SaysAsync("AT+CIFSR\r", "\r\n10.0.109.44\r\n");
        await host.SaysAsync($"AT+CIPSTART=0,\"TCP\",\"{name}\",{port}\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        return host;
    }

    internal static async Task EchoAsync(IDuplexPipe line, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await line.Input.ReadAsync(cancellationToken);
            foreach (var segment in result.Buffer)
            {
                await line.Output.WriteAsync(segment, cancellationToken);
            }

            line.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private sealed class StreamLine(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream);

        public PipeWriter Output { get; } = PipeWriter.Create(stream);
    }
}
