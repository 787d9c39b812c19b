using static Sim800.Modem.Tests.Dialects.SimcomLte.LteConversations;

namespace Sim800.Modem.Tests.Dialects.SimcomLte;

/// <summary>From the first AT to an open socket service, byte for byte.</summary>
public sealed class LteBringUpTests
{
    private static readonly string[] ServiceIsClosed = [">> AT+NETOPEN?\r", "<< \r\n+NETOPEN: 0\r\n\r\nOK\r\n"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_service_is_opened_and_its_address_read()
    {
        await using var script = new ModemScript(Open, Attach);
        await using var modem = await script.OpenAsync();
        await modem.AttachAsync(Ct);
        await script.PlayedAsync();
        Assert.Equal(("10.0.0.5", ModemFamily.SimcomLte), (modem.LocalAddress, modem.Family));
    }

    [Fact(Timeout = 120_000)]
    public async Task Another_access_point_is_written_before_the_registration_and_the_modem_attaches_anew()
    {
        await using var script = new ModemScript(
            Open[..6],
            [
                ">> AT+CGDCONT?\r", "<< \r\n+CGDCONT: 1,\"IPV4V6\",\"factory\",\"\",0,0\r\n\r\nOK\r\n",
                ">> AT+CGDCONT=1,\"IP\",\"internet\"\r", "<< \r\nOK\r\n",
                ">> AT+CFUN=4\r", "<< \r\nOK\r\n",
                ">> AT+CFUN=1\r", "<< \r\nOK\r\n\r\n+CPIN: READY\r\n",
            ],
            Open[8..]);
        await using var modem = await script.OpenAsync();
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task User_and_password_are_given_in_the_order_that_the_firmware_takes()
    {
        await using var script = new ModemScript(
            Open[..8],
            [
                ">> AT+CGAUTH=1,1,\"secret\",\"web\"\r", "<< \r\nERROR\r\n",
                ">> AT+CGAUTH=1,1,\"web\",\"secret\"\r", "<< \r\nOK\r\n",
                ">> AT+CFUN=4\r", "<< \r\nOK\r\n",
                ">> AT+CFUN=1\r", "<< \r\nOK\r\n",
            ],
            Open[8..]);
        await using var modem = await script.OpenAsync(script.Options with { ApnUser = "web", ApnPassword = "secret" });
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Data_registration_is_as_good_and_calls_do_not_matter()
    {
        await using var script = new ModemScript(
            Open[..8], [">> AT+CEREG?\r", "<< \r\n+CEREG: 0,0\r\n\r\nOK\r\n", ">> AT+CGREG?\r", "<< \r\n+CGREG: 0,1\r\n\r\nOK\r\n"]);
        await using var modem = await script.OpenAsync();
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_card_that_fails_while_it_starts_is_waited_for()
    {
        await using var script = new ModemScript(Open[..4], [">> AT+CPIN?\r", "<< \r\n+CME ERROR: SIM failure\r\n"], Open[4..]);
        await using var modem = await script.OpenAsync();
        await script.PlayedAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("\r\n+IP ERROR: Network is already opened\r\n\r\nERROR\r\n")]
    [InlineData("\r\n+NETOPEN: 0\r\n\r\nOK\r\n")]
    [InlineData("\r\nOK\r\n\r\n+CGEV: ME PDN ACT 1\r\n\r\nPB DONE\r\n\r\n+NETOPEN: 0\r\n")]
    public async Task The_service_is_open_in_every_way_that_says_so(string answer)
    {
        await using var script = new ModemScript(Open, SetUp, [">> AT+NETOPEN\r", "<< " + answer], Opened);
        await using var modem = await script.OpenAsync();
        await modem.AttachAsync(Ct);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_service_that_does_not_open_right_after_the_boot_is_opened_later()
    {
        await using var script = new ModemScript(Open, SetUp, [">> AT+NETOPEN\r", "<< \r\nOK\r\n\r\n+NETOPEN: 1\r\n"], ServiceIsClosed, Service, Opened);
        await using var modem = await script.OpenAsync();
        var before = script.Clock.Elapsed;
        await modem.AttachAsync(Ct);
        await script.PlayedAsync();
        Assert.InRange(script.Clock.Elapsed - before, TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(6));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("\r\nERROR\r\n", "ERROR", "gives no cause", ModemRemedy.CheckApnAndFirmware)]
    [InlineData("\r\nOK\r\n\r\n+NETOPEN: 1\r\n", "+NETOPEN: 1", "network refused", ModemRemedy.CheckApnAndCredentials)]
    public async Task A_service_that_never_opens_is_explained(string answer, string state, string says, ModemRemedy remedy)
    {
        string[] attempt = [">> AT+NETOPEN\r", "<< " + answer, .. ServiceIsClosed];
        await using var script = new ModemScript(Open, SetUp, attempt, attempt, attempt);
        await using var modem = await script.OpenAsync();
        var failed = await Assert.ThrowsAsync<GprsException>(() => modem.AttachAsync(Ct));
        await script.PlayedAsync();
        Assert.Equal(("AT+NETOPEN", state, remedy), (failed.Command, failed.State, failed.Remedy));
        Assert.Contains(says, failed.Happened, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_lost_outcome_is_asked_for()
    {
        await using var script = new ModemScript(
            Open,
            SetUp,
            [">> AT+NETOPEN\r", "<< \r\nOK\r\n"],
            [">> \u001bAT\r", "<< \r\nOK\r\n", ">> ATE0\r", "<< \r\nOK\r\n", ">> AT+CMEE=2\r", "<< \r\nOK\r\n", ">> AT+CMEE?\r", "<< \r\n+CMEE: 2\r\n\r\nOK\r\n"],
            [">> AT+NETOPEN?\r", "<< \r\n+NETOPEN: 1\r\n\r\nOK\r\n"],
            Opened);
        await using var modem = await script.OpenAsync();
        await modem.AttachAsync(Ct);
        await script.PlayedAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("\0\r\n*ATREADY: 1\r\n")]
    [InlineData("\r\nRDY\r\n")]
    public async Task A_modem_that_restarts_when_the_service_opens_is_brought_up_anew(string boot)
    {
        await using var script = new ModemScript(Open, SetUp, [">> AT+NETOPEN\r", "<< \r\nOK\r\n" + boot], Open, Attach);
        await using var modem = await script.OpenAsync();
        await modem.AttachAsync(Ct);
        await script.PlayedAsync();
        Assert.Equal("10.0.0.5", modem.LocalAddress);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_that_always_restarts_there_is_told_to_have_a_bad_supply()
    {
        string[] round = [.. Open, .. SetUp, ">> AT+NETOPEN\r", "<< \r\nOK\r\n\0\r\n*ATREADY: 1\r\n"];
        await using var script = new ModemScript(round, round, round, round);
        await using var modem = await script.OpenAsync();
        var failed = await Assert.ThrowsAsync<ModemRestartException>(() => modem.AttachAsync(Ct));
        Assert.Equal(("AT+NETOPEN", ModemRemedy.ImproveSupply), (failed.Command, failed.Remedy));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_time_of_a_server_needs_no_bearer_and_nought_is_success()
    {
        await using var script = new ModemScript(
            Open,
            [
                ">> AT+CNTP=\"pool.ntp.org\",0\r", "<< \r\nOK\r\n",
                ">> AT+CNTP\r", "<< \r\nOK\r\n\r\n+CNTP: 0\r\n",
                ">> AT+CCLK?\r", "<< \r\n+CCLK: \"26/11/29,10:00:00+00\"\r\n\r\nOK\r\n",
                ">> AT+CNTP=\"pool.ntp.org\",0\r", "<< \r\nOK\r\n",
                ">> AT+CNTP\r", "<< \r\nOK\r\n\r\n+CNTP: 6\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero), await modem.Clock.SynchroniseAsync(cancellationToken: Ct));
        var failed = await Assert.ThrowsAsync<NtpException>(() => modem.Clock.SynchroniseAsync(cancellationToken: Ct));
        Assert.Equal((NtpReason.TimedOut, 6), (failed.Reason, failed.Code));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_the_family_lacks_is_refused_without_a_word_to_the_modem()
    {
        await using var script = new ModemScript(Open);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<ModemFamilyException>(() => modem.Network.ReadLocationAsync(Ct));
        Assert.Equal(ModemFamilyReason.UnsupportedFunction, refused.Reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task Identity_build_and_known_troubles_are_told()
    {
        await using var script = new ModemScript(
            Open,
            [
                ">> AT+CGMI\r", "<< \r\nINCORPORATED\r\n\r\nOK\r\n",
                ">> AT+CGMM\r", "<< \r\nA7670E-LASE\r\n\r\nOK\r\n",
                ">> AT+SIMCOMATI\r",
                "<< \r\nManufacturer: INCORPORATED\r\nModel: A7670E-LASE\r\nRevision: A011B12A7670M7\r\nA7670M7_B12V01_250619\r\nQCN: \r\nIMEI: 860000000000001\r\nDeviceInfo:\r\n\r\nOK\r\n",
                ">> AT+CGSN\r", "<< \r\n860000000000001\r\n\r\nOK\r\n",
                ">> AT+CICCID\r", "<< \r\n+ICCID: 8949020000123456789\r\n\r\nOK\r\n",
                ">> AT+CIMI\r", "<< \r\n001010000000001\r\n\r\nOK\r\n",
                ">> AT+CBC\r", "<< \r\n+CBC: 3.749V\r\n\r\nOK\r\n",
                ">> AT+CPSI?\r", "<< \r\n+CPSI: LTE,Online,001-01,0x230A,12345678,318,EUTRAN-BAND3,1650,5,0,21,67,255,19\r\n\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var identity = await modem.ReadIdentityAsync(Ct);
        Assert.Equal(("A7670E-LASE", "A011B12A7670M7 A7670M7_B12V01_250619", "860000000000001"), (identity.Model, identity.Firmware, identity.Imei));
        Assert.Contains("restart at AT+NETOPEN", Assert.Single(identity.KnownTroubles), StringComparison.Ordinal);
        var battery = await modem.Power.ReadBatteryAsync(Ct);
        Assert.Equal((null, 3749), (battery.Percent, battery.Millivolts));
        var cell = (await modem.Network.ReadServingCellAsync(Ct))!;
        Assert.Equal(("LTE", "EUTRAN-BAND3", -9.5, -73.0, null), (cell.System, cell.Band, cell.Rsrq, cell.Rsrp, cell.Rssi));
        await script.PlayedAsync();
    }
}
