using static Sim800.Modem.Tests.Conversations;

namespace Sim800.Modem.Tests.Links;

/// <summary>What happens between the data and the way back to it, byte for byte.</summary>
public sealed class TransparentLinkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("", "\r\nERROR\r\n", TcpLinkReason.Vanished)]
    [InlineData("", "\r\nNO CARRIER\r\n", TcpLinkReason.Vanished)]
    [InlineData("\r\ndata of the peer\r\n", "\r\nCONNECT\r\n", TcpLinkReason.BytesLost)]
    [InlineData("\r\n+PDP: DEACT\r\n", "\r\nERROR\r\n", TcpLinkReason.ContextDeactivated)]
    [InlineData("\r\nCLOSED\r\n", "\r\nERROR\r\n", null)]
    public async Task What_happens_to_the_connection_meanwhile_is_its_end(string meanwhile, string way, TcpLinkReason? reason)
    {
        await using var script = new ModemScript(
            Conversations.Open,
            Attach[..4],
            [">> AT+CIPMUX=0;+CIPMODE=1;+CIPCCFG=5,2,1024,1;+CIPSSL=0\r", "<< \r\nOK\r\n"],
            Attach[6..],
            [
                ">> AT+CIPSTART=\"TCP\",\"h\",1\r", "<< \r\nOK\r\n\r\nCONNECT\r\n",
                ">> +++", "<< \r\nOK\r\n",
                ">> AT+CIPACK\r", $"<< {meanwhile}\r\n+CIPACK: 3, 2, 1\r\n\r\nOK\r\n",
                ">> ATO\r", "<< " + way,
            ]);
        await using var modem = await script.OpenAsync(script.Options with { ReceiveMode = ModemReceiveMode.Transparent });
        var connection = await modem.ConnectTcpAsync("h", 1, Ct);
        Assert.Equal(new TcpAcknowledgement(3, 2, 1), await connection.ReadAcknowledgementAsync(Ct));
        await script.PlayedAsync();
        var end = await Record.ExceptionAsync(async () => Assert.True((await connection.Input.ReadAsync(Ct)).IsCompleted));
        Assert.Equal(reason, (end as TcpLinkException)?.Reason);
        Assert.False(connection.IsOpen);
    }
}
