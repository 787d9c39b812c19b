namespace Sim800.Modem.Tests.Links;

/// <summary>A reader that takes nothing for long: the modem keeps the rest, and whether the peer is still there is found out all the same.</summary>
public sealed class SlowReaderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("\r\n+CIPACK: 5, 5, 0\r\n\r\nOK\r\n", true)]
    [InlineData("\r\n+CIPACK: 5, 0, 5\r\n\r\nOK\r\n", false)]
    public async Task The_link_is_judged_by_what_the_peer_acknowledges(string acknowledged, bool isAlive)
    {
        await using var modem = new ObedientModem();
        await using var driver = await modem.OpenAsync(ModemReceiveMode.Manual);
        await using var connection = await driver.ConnectTcpAsync("h", 1, Ct);
        var (reads, questions) = (0, 0);
        modem.Answer = line =>
        {
            questions += line.StartsWith("AT+CIPSTATUS=", StringComparison.Ordinal) ? 1 : 0;
            if (line.StartsWith("AT+CIPRXGET=2", StringComparison.Ordinal))
            {
                return $"\r\n+CIPRXGET: 2,0,1460,1460\r\n{new string((char)('a' + (reads++ % 26)), 1460)}\r\nOK\r\n";
            }

            return line.StartsWith("AT+CIPACK", StringComparison.Ordinal) ? acknowledged : null;
        };
        await connection.Output.WriteAsync("hello"u8.ToArray(), Ct);
        await modem.SayAsync("\r\n+CIPRXGET: 1,0\r\n");

        await Task.Delay(TimeSpan.FromMinutes(10), modem.Clock, Ct);

        Assert.Equal(isAlive, connection.IsOpen);
        Assert.InRange(reads, 20, 25); // 32 KiB
        Assert.InRange(questions, isAlive ? 8 : 2, 12);
        if (isAlive)
        {
            var read = await connection.Input.ReadAtLeastAsync(3 * 1460, Ct);
            Assert.Equal((byte)'c', read.Buffer.Slice(2 * 1460).FirstSpan[0]);
        }
    }
}
