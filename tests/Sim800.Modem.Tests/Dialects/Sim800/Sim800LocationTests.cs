namespace Sim800.Modem.Tests.Dialects;

public sealed class Sim800LocationTests
{
    private static readonly string[] Bearer = [">> AT+SAPBR=2,1\r", "<< \r\n+SAPBR: 1,1,\"10.1.2.3\"\r\n\r\nOK\r\n"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_location_is_read()
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(
            Bearer,
            [">> AT+CIPGSMLOC=1,1\r", "<< \r\n+CIPGSMLOC: 0,24.672608,59.395128,2017/03/20,19:24:13\r\n\r\nOK\r\n"]));

        var location = await talk.Modem.Network.ReadLocationAsync(Ct);

        Assert.Equal((59.395128, 24.672608), (location.Latitude, location.Longitude));
    }

    [Fact(Timeout = 120_000)]
    public async Task No_location_has_a_code()
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(
            Bearer, [">> AT+CIPGSMLOC=1,1\r", "<< \r\n+CIPGSMLOC: 601\r\n\r\nOK\r\n"]));

        Assert.Equal(601, (await Assert.ThrowsAsync<ModemLocationException>(() => talk.Modem.Network.ReadLocationAsync(Ct))).Code);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_bearer_that_does_not_open_is_explained_and_not_closed()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+SAPBR=2,1\r", "<< \r\n+SAPBR: 1,3,\"0.0.0.0\"\r\n\r\nOK\r\n",
            ">> AT+SAPBR=3,1,\"Contype\",\"GPRS\"\r", "<< \r\nOK\r\n",
            ">> AT+SAPBR=3,1,\"APN\",\"internet\"\r", "<< \r\nOK\r\n",
            ">> AT+SAPBR=3,1,\"USER\",\"web\"\r", "<< \r\nOK\r\n",
            ">> AT+SAPBR=3,1,\"PWD\",\"secret\"\r", "<< \r\nOK\r\n",
            ">> AT+SAPBR=1,1\r", "<< \r\n+CME ERROR: operation not allowed\r\n");

        var e = await Assert.ThrowsAsync<AtCommandException>(() => talk.Modem.Network.ReadLocationAsync(Ct));

        Assert.Equal((Sim800Stage.Gprs, 3), (e.Stage, e.CmeError));
        await talk.PlayedAsync();
    }
}
