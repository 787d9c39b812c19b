using System.Buffers;
using System.Text;
using TestKit;

namespace Sim800.Modem.Tests;

public sealed class CellularModemTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task From_the_first_AT_to_bytes_both_ways_and_back()
    {
        var line = new DuplexPipePair();
        var modemSide = Transcript.PlayAsync(line.Right, Conversations.Of(
            Conversations.Open,
            Conversations.Attach,
            Conversations.Connect,
            [
                ">> AT+CIPSEND=0,5\r", "<< \r\n> ",
                ">> hello", "<< \r\nDATA ACCEPT:0,5\r\n\r\n+CIPRXGET: 1,0\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,6,0\r\nOK\r\nOK\r\nOK\r\n",
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 5,5,0\r\n\r\nOK\r\n",
            ],
            Conversations.Close));

        await using var modem = await CellularModem.OpenAsync(line.Left, new ModemOptions { Apn = "internet", TimeProvider = new FakeTimeProvider() }, Ct);
        var connection = await modem.ConnectTcpAsync("broker.example.org", 8883, Ct);
        Assert.Equal("10.0.109.44", modem.LocalAddress);
        await connection.Output.WriteAsync("hello"u8.ToArray(), Ct);
        var read = await connection.Input.ReadAtLeastAsync(6, Ct);
        Assert.Equal("OK\r\nOK", Encoding.ASCII.GetString(read.Buffer.ToArray()));
        connection.Input.AdvanceTo(read.Buffer.End);
        await connection.DisposeAsync();
        await modemSide;
    }
}
