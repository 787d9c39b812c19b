using System.Text.Json;
using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary>Answers that differ from the manual, and what the tool shows of the modem.</summary>
public sealed class OddAnswerTests
{
    [Theory]
    [Models("AT+GSN", "\r\n2623CKLQ0009707\r\n\r\nOK\r\n", "IMEI      unknown\n", "'AT+GSN' is answered with '2623CKLQ0009707'")]
    [Models("AT+GSN", "\r\nERROR\r\n", "IMEI      unknown\n", "'AT+GSN' is answered with 'ERROR'")]
    [Models("AT+CCID", "\r\n898600B5112233445566\r\n\r\nOK\r\n", "SIM       898600B5112233445566, IMSI 262011234567890\n", null)]
    [Models("AT+CCID", "\r\n+CCID: \"898600B5112233445566\"\r\n\r\nOK\r\n", "SIM       898600B5112233445566, IMSI 262011234567890\n", null)]
    [Models("AT+CCID", "\r\nnot today\r\n\r\nOK\r\n", "SIM       IMSI 262011234567890\n", "'AT+CCID' is answered with 'not today'")]
    [Models("AT+CIMI", "\r\n+CME ERROR: SIM failure\r\n", "SIM       8949201234567890123\n", "'AT+CIMI' is answered with '+CME ERROR: SIM failure'")]
    [Models("AT+GMI", "\r\nERROR\r\n", "modem     SIMCOM_SIM800L, firmware 1418B05SIM800L24\n", "'AT+GMI' is answered with 'ERROR'")]
    [Models("AT+GMM", "\r\nERROR\r\n", "modem     SIMCOM_Ltd SIM800 R14.18, firmware 1418B05SIM800L24\n", "'AT+GMM' is answered with 'ERROR'")]
    [Models("AT+GMR", "\r\nERROR\r\n", "modem     SIMCOM_Ltd SIMCOM_SIM800L\n", "'AT+GMR' is answered with 'ERROR'")]
    [Models("AT+CREG=2;+CREG?", "\r\n+CREG: 2,1,\"1A2B\",\"00C3\",0\r\n\r\nOK\r\n", "network   Home, Virtual GSM, area 1A2B, cell 00C3\n", null)]
    [Models("AT+CREG=2;+CREG?", "\r\n+CREG: 2,5,,,0\r\n\r\nOK\r\n", "network   Roaming, Virtual GSM\n", null)]
    [Models("AT+CSQ", "\r\nCSQ 24\r\n\r\nOK\r\n", "signal    unknown\n", "'AT+CSQ' is answered with 'CSQ 24'")]
    [Models("AT+CBC", "\r\nERROR\r\n", "supply    unknown\n", "'AT+CBC' is answered with 'ERROR'")]
    [Models("AT+GMI", "\r\n+CUSD: 2,\"Charged 0.10\nLeft 1.25\nThanks\",15\r\n\r\nSIMCOM_Ltd\r\n\r\nOK\r\n", "modem     SIMCOM_Ltd SIMCOM_SIM800L, ", null)]
    public async Task Info_shows_what_can_be_read_and_tells_what_was_said_instead_of_the_rest(VirtualModemModel model, string command, string answer, string shown, string? told)
    {
        await using var modem = OddModem.Start(TestModem.Of(model), (Wording.Of(model, command), Wording.Of(model, answer)));
        await using var info = ProgramRun.StartOurs("sim800", "info", "--device", modem.DevicePath, "--quiet");
        Assert.True(await info.ExitCodeAsync() == 0, info.Error);
        Assert.Contains(Wording.Of(model, shown), info.Output, StringComparison.Ordinal);
        Assert.Equal(told is null ? 0 : 1, info.Output.Split("no answer ").Length - 1);
        Assert.Contains(Wording.Of(model, told ?? ""), info.Output, StringComparison.Ordinal);
        Assert.True(info.Output.Split("unknown").Length - 1 <= 2, info.Output); // the time is not set, and that one
    }

    [Theory]
    [Models]
    public async Task Json_has_the_modems_words_too(VirtualModemModel model)
    {
        await using var modem = OddModem.Start(TestModem.Of(model), (Wording.Of(model, "AT+GSN"), "\r\n2623CKLQ0009707\r\n\r\nOK\r\n"));
        await using var info = ProgramRun.StartOurs("sim800", "info", "--device", modem.DevicePath, "--quiet", "--json");
        Assert.True(await info.ExitCodeAsync() == 0, info.Error);
        var identity = JsonDocument.Parse(info.Output).RootElement.GetProperty("identity");
        Assert.Equal(JsonValueKind.Null, identity.GetProperty("imei").ValueKind);
        Assert.Equal(Wording.Of(model, "SIMCOM_Ltd"), identity.GetProperty("manufacturer").GetString());
        var unread = Assert.Single(identity.GetProperty("unread").EnumerateArray());
        Assert.Equal((Wording.Of(model, "AT+GSN"), "2623CKLQ0009707"), (unread.GetProperty("command").GetString(), unread.GetProperty("answer").GetString()));
    }

    [Theory]
    [Models("UCS2", "\r\n+COPS: 0,0,\"004F0032\"\r\n\r\nOK\r\n")]
    [Models("HEX", "\r\n+COPS: 0,0,\"4F32\"\r\n\r\nOK\r\n")]
    public async Task The_operators_name_is_text_whatever_character_set_is_on(VirtualModemModel model, string set, string answer)
    {
        await using var modem = OddModem.Start(TestModem.Of(model), ("AT+CSCS?", $"\r\n+CSCS: \"{set}\"\r\n\r\nOK\r\n"), ("AT+COPS?", answer));
        await using var info = ProgramRun.StartOurs("sim800", "info", "--device", modem.DevicePath, "--quiet");
        Assert.True(await info.ExitCodeAsync() == 0, info.Error);
        Assert.Contains("network   Home, O2", info.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(modem.Commands, command => command.Contains("CSCS=", StringComparison.Ordinal));
    }
}
