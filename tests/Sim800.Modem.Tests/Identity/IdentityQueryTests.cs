using TestKit;

namespace Sim800.Modem.Tests.Identity;

public sealed class IdentityQueryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_modem_with_a_card_tells_all()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+GMI\r", "<< \r\nSIMCOM_Ltd\r\n\r\nOK\r\n",
            ">> AT+GMM\r", "<< \r\nSIMCOM_SIM800L\r\n\r\nOK\r\n",
            ">> ATI\r", "<< \r\nSIM800 R14.18\r\n\r\nOK\r\n",
            ">> AT+GMR\r", "<< \r\nRevision:1418B05SIM800L24\r\n\r\nOK\r\n",
            ">> AT+GSN\r", "<< \r\n869988012345678\r\n\r\nOK\r\n",
            ">> AT+CCID\r", "<< \r\n8949020000123456789F\r\n\r\nOK\r\n",
            ">> AT+CIMI\r", "<< \r\n262021234567890\r\n\r\nOK\r\n");

        var identity = await talk.Modem.ReadIdentityAsync(Ct);

        Assert.Equal(
            new ModemIdentity
            {
                Family = ModemFamily.Sim800,
                Manufacturer = "SIMCOM_Ltd",
                Model = "SIMCOM_SIM800L",
                Product = "SIM800 R14.18",
                Firmware = "1418B05SIM800L24",
                Imei = "869988012345678",
                Iccid = "8949020000123456789",
                Imsi = "262021234567890",
            },
            identity);
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_a_card_the_card_is_missing_and_the_modem_is_not()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+GMI\r", "<< \r\nSIMCOM_Ltd\r\n\r\nOK\r\n",
            ">> AT+GMM\r", "<< \r\nSIMCOM_SIM800L\r\n\r\n+CMTI: \"SM\",1\r\n\r\nOK\r\n",
            ">> ATI\r", "<< \r\n0, CLOSED\r\n\r\nSIM800 R14.18\r\n\r\nOK\r\n",
            ">> AT+GMR\r", "<< \r\nRevision: 1418B05SIM800L24\r\n\r\nOK\r\n",
            ">> AT+GSN\r", "<< \r\n869988012345678\r\n\r\nOK\r\n",
            ">> AT+CCID\r", "<< \r\n+CME ERROR: SIM not inserted\r\n",
            ">> AT+CIMI\r", "<< \r\n+CME ERROR: SIM not inserted\r\n");

        var identity = await talk.Modem.ReadIdentityAsync(Ct);

        Assert.Equal(("SIMCOM_SIM800L", "SIM800 R14.18"), (identity.Model, identity.Product));
        Assert.Null(identity.Iccid);
        Assert.Null(identity.Imsi);
        await talk.PlayedAsync();
    }

    private static readonly string[] Questions = ["AT+GMI", "AT+GMM", "ATI", "AT+GMR", "AT+GSN", "AT+CCID", "AT+CIMI"];

    private static readonly string[] Answers =
        ["SIMCOM_Ltd", "SIMCOM_SIM800L", "SIM800 R14.18", "Revision:1418B05SIM800L24", "869988012345678", "8949020000123456789F", "262021234567890"];

    [Theory(Timeout = 120_000)]
    [InlineData(4, "\r\n2623CKLQ0009707\r\n\r\nOK\r\n", "2623CKLQ0009707")] // fifteen characters that are no digits
    [InlineData(4, "\r\n+GSN: 8699\r\n\r\nOK\r\n", "+GSN: 8699")]
    [InlineData(4, "\r\nIMEI unknown\r\n\r\nOK\r\n", "IMEI unknown")]
    [InlineData(4, "\r\nSN 12\r\n\r\nHW 2\r\n\r\nOK\r\n", "SN 12 / HW 2")]
    [InlineData(5, "\r\nno card number\r\n\r\nOK\r\n", "no card number")]
    [InlineData(5, "\r\nOK\r\n", "OK")]
    [InlineData(6, "\r\nOK\r\n", "OK")]
    [InlineData(6, "\r\nIMSI: none\r\n\r\nOK\r\n", "IMSI: none")]
    [InlineData(0, "\r\nERROR\r\n", "ERROR")]
    [InlineData(1, "\r\n+CME ERROR: operation not supported\r\n", "+CME ERROR: operation not supported")]
    [InlineData(2, "\r\nERROR\r\n", "ERROR")]
    [InlineData(3, "\r\n+CME ERROR: 3\r\n", "+CME ERROR: 3")]
    [InlineData(4, "\r\nERROR\r\n", "ERROR")]
    [InlineData(5, "\r\nERROR\r\n", "ERROR")]
    [InlineData(6, "\r\nERROR\r\n", "ERROR")]
    public async Task What_one_question_lacks_costs_no_other(int at, string answer, string words)
    {
        await using var talk = await Talk.OpenAsync(
            [.. Questions.SelectMany((question, index) => new[] { $">> {question}\r", "<< " + (index == at ? answer : $"\r\n{Answers[index]}\r\n\r\nOK\r\n") })]);

        var identity = await talk.Modem.ReadIdentityAsync(Ct);

        string?[] fields = [identity.Manufacturer, identity.Model, identity.Product, identity.Firmware, identity.Imei, identity.Iccid, identity.Imsi];
        string?[] expected = ["SIMCOM_Ltd", "SIMCOM_SIM800L", "SIM800 R14.18", "1418B05SIM800L24", "869988012345678", "8949020000123456789", "262021234567890"];
        expected[at] = null;
        Assert.Equal(expected, fields);
        Assert.Equal([new ModemUnreadAnswer(Questions[at], words)], identity.Unread);
        await talk.PlayedAsync();
        Assert.Equal(0, talk.Modem.Channel.ResynchronisationCount);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_OK_without_an_answer_is_waited_behind_for_a_moment_only()
    {
        var clock = new ManualTimeProvider();
        await using var talk = await Talk.OpenAsync(clock, ">> AT+GMI\r", "<< \r\nOK\r\n");

        var identity = talk.Modem.ReadIdentityAsync(Ct);
        while (talk.Modem.Channel.Heard != AtTimeoutReason.Incomplete)
        {
            await Task.Yield();
        }

        await clock.PassAsync(TimeSpan.FromSeconds(2), Ct);
        await clock.PassAsync(TimeSpan.FromSeconds(2), Ct);
        await talk.PlayAsync(
            [
                ">> \u001bAT\r", "<< \r\nOK\r\n", ">> ATE0\r", "<< \r\nOK\r\n", ">> AT+CMEE=2\r", "<< \r\nOK\r\n",
                ">> AT+CMEE?\r", "<< \r\n+CMEE: 2\r\n\r\nOK\r\n",
                .. Questions[1..].SelectMany((question, index) => new[] { $">> {question}\r", $"<< \r\n{Answers[index + 1]}\r\n\r\nOK\r\n" }),
            ]);

        Assert.Equal([new ModemUnreadAnswer("AT+GMI", "OK")], (await identity).Unread);
    }
}
