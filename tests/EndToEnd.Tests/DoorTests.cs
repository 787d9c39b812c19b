using System.IO.Pipelines;
using HttpOverModem;
using Sim800.Modem;
using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary>Other libraries on the streams of the modem.</summary>
public sealed class DoorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HttpOverModem", "200 OK, 66 characters\n21.5 degrees, and this page came over AT+CIPSEND and AT+CIPRXGET.\n\n")]
    [InlineData("StreamDoor", "CONNACK 20020000\n")]
    public async Task The_sample_shows_what_it_promises(string sample, string output)
    {
        await using var run = ProgramRun.StartOurs(sample);
        Assert.Equal((0, string.Empty), (await run.ExitCodeAsync(), run.Error));
        Assert.Equal(output, run.Output);
    }

    [Fact(Timeout = 120_000)]
    public async Task HttpClient_gives_the_modems_links_back()
    {
        using var clock = new VirtualClock();
        await using var device = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            Network = new InMemoryNetwork().Serve("weather.test", 80, AnswerAndCloseAsync),
        });
        await using var modem = await CellularModem.OpenAsync(device.Line, new ModemOptions { Apn = "internet", TimeProvider = clock }, Token);
        for (var i = 0; i < 20; i++)
        {
            using var http = ModemHttp.CreateClient(modem);
            Assert.Equal("hi", await http.GetStringAsync(new Uri("http://weather.test/"), Token));
        }

        Assert.Equal(20, device.Counters.Connections);
    }

    private static async Task AnswerAndCloseAsync(IDuplexPipe client, CancellationToken cancellationToken)
    {
        var request = await client.Input.ReadAsync(cancellationToken);
        client.Input.AdvanceTo(request.Buffer.End);
        await client.Output.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"u8.ToArray(), cancellationToken);

        // The client keeps the connection until it is disposed itself.
        await client.Input.ReadAsync(cancellationToken);
    }
}
