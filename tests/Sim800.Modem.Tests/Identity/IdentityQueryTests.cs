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

    [Fact(Timeout = 120_000)]
    public async Task A_garbled_answer_is_shown_with_its_command()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+GMI\r", "<< \r\nSIMCOM_Ltd\r\n\r\nOK\r\n",
            ">> AT+GMM\r", "<< \r\nSIMCOM_SIM800L\r\n\r\nOK\r\n",
            ">> ATI\r", "<< \r\nSIM800 R14.18\r\n\r\nOK\r\n",
            ">> AT+GMR\r", "<< \r\nRevision:1418B05SIM800L24\r\n\r\nOK\r\n",
            ">> AT+GSN\r", "<< \r\n8699\r\n\r\nOK\r\n");

        var e = await Assert.ThrowsAsync<AtAnswerException>(() => talk.Modem.ReadIdentityAsync(Ct));

        Assert.Equal(("AT+GSN", "8699", Sim800Stage.Modem, true), (e.Command, e.Answer, e.Stage, e.IsTransient));
        Assert.EndsWith(e.RemedyText, e.Message, StringComparison.Ordinal);
    }
}
