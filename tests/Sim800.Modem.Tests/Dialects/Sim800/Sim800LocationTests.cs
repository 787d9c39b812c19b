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

    [Theory(Timeout = 120_000)]
    [InlineData("0,0.000000,0.000000,2017/03/20,19:24:13")]
    [InlineData("0,0,0")]
    [InlineData("0,-0.0,0.00,2026/11/29,10:00:00")]
    public async Task The_place_zero_is_no_location(string answer)
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(
            Bearer, [">> AT+CIPGSMLOC=1,1\r", $"<< \r\n+CIPGSMLOC: {answer}\r\n\r\nOK\r\n"]));

        var e = await Assert.ThrowsAsync<ModemLocationException>(() => talk.Modem.Network.ReadLocationAsync(Ct));

        Assert.Equal((ModemLocationReason.NoPosition, $"+CIPGSMLOC: {answer}"), (e.Reason, e.Answer));
        Assert.StartsWith("The location server answered 0,0, which is no location.", e.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("0,0.000000,51.477928")] // Greenwich
    [InlineData("0,-78.467834,0.000000")] // the equator
    public async Task One_zero_is_a_location(string answer)
    {
        await using var talk = await Talk.OpenAsync(Conversations.Of(
            Bearer, [">> AT+CIPGSMLOC=1,1\r", $"<< \r\n+CIPGSMLOC: {answer}\r\n\r\nOK\r\n"]));

        await talk.Modem.Network.ReadLocationAsync(Ct);
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
