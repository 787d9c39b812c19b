using static Sim800.Modem.Tests.Conversations;

namespace Sim800.Modem.Tests.BringUp;

public sealed class BringUpTests
{
    private static readonly string[] Synchronised = Conversations.Open[..4];
    private static readonly string[] Registered = [">> AT+CREG?\r", "<< \r\n+CREG: 0,1\r\n\r\nOK\r\n"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Every_stage_is_reported_in_order()
    {
        await using var script = new ModemScript(Conversations.Open, Attach, Connect);
        await using var modem = await script.OpenAsync();
        await modem.ConnectTcpAsync("broker.example.org", 8883, Ct);
        await script.PlayedAsync();
        Assert.Equal(
            [Sim800Stage.Line, Sim800Stage.Modem, Sim800Stage.Sim, Sim800Stage.Network, Sim800Stage.Gprs, Sim800Stage.Tcp],
            script.Progress.Where(step => step.Kind == Sim800ProgressKind.Completed).Select(step => step.Stage));
        Assert.Equal("roaming", script.Progress.Single(step => step is { Stage: Sim800Stage.Network, Kind: Sim800ProgressKind.Completed }).Detail);
        Assert.Equal("10.0.109.44", modem.LocalAddress);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(Sim800Stage.Modem, 4)]
    [InlineData(Sim800Stage.Sim, 6)]
    public async Task Opening_goes_no_further_than_asked(Sim800Stage until, int lines)
    {
        await using var script = new ModemScript(Conversations.Open[..lines]);
        await using var modem = await script.OpenAsync(script.Options with { OpenUntil = until });
        await script.PlayedAsync();
        Assert.Equal(until, script.Progress.Last(step => step.Kind == Sim800ProgressKind.Completed).Stage);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_PIN_is_entered_once_and_the_card_may_take_its_time()
    {
        await using var script = new ModemScript(
            Synchronised,
            [
                ">> AT+CPIN?\r", "<< \r\n+CPIN: SIM PIN\r\n\r\nOK\r\n",
                ">> AT+SPIC\r", "<< \r\n+SPIC: 3,3,10,10\r\n\r\nOK\r\n",
                ">> AT+CPIN=\"1234\"\r", "<< \r\nOK\r\n",
                ">> AT+CPIN?\r", "<< \r\n+CPIN: SIM PIN\r\n\r\nOK\r\n",
                ">> AT+CPIN?\r", "<< \r\n+CPIN: READY\r\n\r\nOK\r\n",
            ],
            Registered);
        await using var modem = await script.OpenAsync(script.Options with { Pin = "1234" });
        await script.PlayedAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("+CME ERROR: incorrect password", "+SPIC: 2,3,10,10", 2)]
    [InlineData("ERROR", null, null)]
    public async Task A_refused_PIN_is_not_entered_again(string answer, string? tries, int? left)
    {
        string[] asked = [">> AT+SPIC\r", tries is null ? "<< \r\nERROR\r\n" : $"<< \r\n{tries}\r\n\r\nOK\r\n"];
        await using var script = new ModemScript(
            Synchronised,
            [">> AT+CPIN?\r", "<< \r\n+CPIN: SIM PIN\r\n\r\nOK\r\n"],
            asked,
            [">> AT+CPIN=\"1234\"\r", $"<< \r\n{answer}\r\n"],
            asked);
        var refused = await Assert.ThrowsAsync<SimException>(() => script.OpenAsync(script.Options with { Pin = "1234" }));
        await script.PlayedAsync();
        Assert.Equal((SimReason.PinRefused, left, false), (refused.Reason, refused.TriesLeft, refused.IsTransient));
        Assert.DoesNotContain("1234", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("+SPIC: 3,3,10,10", true)] // no try is missing: the card never saw it
    [InlineData("+SPIC: 2,3,10,10", false)]
    [InlineData("ERROR", false)]
    public async Task A_PIN_whose_answer_was_lost_is_entered_again_only_when_no_try_is_missing(string tries, bool again)
    {
        string[] asksForPin = [">> AT+CPIN?\r", "<< \r\n+CPIN: SIM PIN\r\n\r\nOK\r\n"];
        await using var script = new ModemScript(
            Conversations.Open,
            [">> AT+CSQ\r", "<< \r\n+CSQ: 20,0\r\n\r\nOK\r\n\r\nRDY\r\n"], // a restart, and the card is locked again
            Synchronised,
            asksForPin,
            [
                ">> AT+SPIC\r", "<< \r\n+SPIC: 3,3,10,10\r\n\r\nOK\r\n",
                ">> AT+CPIN=\"1234\"\r", // and no answer
                ">> \u001bAT\r", "<< \r\nOK\r\n", ">> ATE0\r", "<< \r\nOK\r\n", ">> AT+CMEE=2\r", "<< \r\nOK\r\n", ">> AT+CMEE?\r", "<< \r\n+CMEE: 2\r\n\r\nOK\r\n",
            ],
            [.. Enumerable.Repeat(asksForPin, 6).SelectMany(lines => lines)], // the card takes a moment
            [">> AT+SPIC\r", tries == "ERROR" ? "<< \r\nERROR\r\n" : $"<< \r\n{tries}\r\n\r\nOK\r\n"],
            again
                ? [">> AT+CPIN=\"1234\"\r", "<< \r\nOK\r\n", ">> AT+CPIN?\r", "<< \r\n+CPIN: READY\r\n\r\nOK\r\n", .. Registered, .. Attach]
                : []);
        await using var modem = await script.OpenAsync(script.Options with { Pin = "1234" });
        await modem.Network.ReadSignalAsync(Ct);
        while (script.Events.Count == 0)
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        if (again)
        {
            await modem.AttachAsync(Ct);
        }
        else
        {
            var refused = await Assert.ThrowsAsync<SimException>(() => modem.AttachAsync(Ct));
            Assert.Equal((SimReason.PinRefused, false), (refused.Reason, refused.IsTransient));
            await script.PlayedAsync();
            var played = script.PlayOnAsync(Synchronised);
            Assert.Same(refused, await Assert.ThrowsAsync<SimException>(() => modem.AttachAsync(Ct))); // and never again
            await played;
        }

        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_busy_card_has_not_looked_at_the_PIN()
    {
        string[] asked =
        [
            ">> AT+CPIN?\r", "<< \r\n+CPIN: SIM PIN\r\n\r\nOK\r\n",
            ">> AT+SPIC\r", "<< \r\n+SPIC: 3,3,10,10\r\n\r\nOK\r\n",
        ];
        await using var script = new ModemScript(
            Synchronised,
            asked,
            [">> AT+CPIN=\"1234\"\r", "<< \r\n+CME ERROR: SIM busy\r\n"],
            asked,
            [">> AT+CPIN=\"1234\"\r", "<< \r\nOK\r\n", ">> AT+CPIN?\r", "<< \r\n+CPIN: READY\r\n\r\nOK\r\n"],
            Registered);
        await using var modem = await script.OpenAsync(script.Options with { Pin = "1234" });
        await script.PlayedAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("NOT INSERTED", SimReason.NotInserted, "no SIM card")]
    [InlineData("NOT READY", SimReason.Failure, "did not become ready")]
    public async Task A_card_that_stays_away_is_told(string state, SimReason reason, string says)
    {
        string[] asked = [">> AT+CPIN?\r", $"<< \r\n+CPIN: {state}\r\n\r\nOK\r\n"];
        await using var script = new ModemScript([.. Enumerable.Repeat(asked, 40).Prepend(Synchronised)]);
        var failed = await Assert.ThrowsAsync<SimException>(() => script.OpenAsync());
        Assert.Equal((reason, "+CPIN: " + state, "AT+CPIN?"), (failed.Reason, failed.Answer, failed.Command));
        Assert.Contains(says, failed.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_last_try_is_left_to_the_user()
    {
        await using var script = new ModemScript(
            Synchronised,
            [">> AT+CPIN?\r", "<< \r\n+CPIN: SIM PIN\r\n\r\nOK\r\n", ">> AT+SPIC\r", "<< \r\n+SPIC: 1,3,10,10\r\n\r\nOK\r\n"]);
        var refused = await Assert.ThrowsAsync<SimException>(() => script.OpenAsync(script.Options with { Pin = "1234" }));
        Assert.Equal((SimReason.PinRefused, 1), (refused.Reason, refused.TriesLeft));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("+CPIN: SIM PIN\r\n\r\nOK", SimReason.PinRequired)]
    [InlineData("+CPIN: SIM PUK\r\n\r\nOK", SimReason.PukRequired)]
    [InlineData("+CPIN: PH_SIM PIN\r\n\r\nOK", SimReason.OtherCodeRequired)]
    [InlineData("+CME ERROR: SIM not inserted", SimReason.NotInserted)]
    [InlineData("+CME ERROR: 12", SimReason.PukRequired)]
    [InlineData("+CME ERROR: SIM failure", SimReason.Failure)]
    public async Task A_card_that_cannot_be_used_is_told(string answer, SimReason reason)
    {
        await using var script = new ModemScript(Synchronised, [">> AT+CPIN?\r", $"<< \r\n{answer}\r\n"]);
        var refused = await Assert.ThrowsAsync<SimException>(() => script.OpenAsync());
        Assert.Equal((reason, Sim800Stage.Sim), (refused.Reason, refused.Stage));
        Assert.NotEmpty(refused.RemedyText);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_card_that_starts_up_is_waited_for()
    {
        await using var script = new ModemScript(
            Synchronised,
            [
                ">> AT+CPIN?\r", "<< \r\n+CME ERROR: SIM busy\r\n",
                ">> AT+CPIN?\r", "<< \r\nERROR\r\n",
                ">> AT+CPIN?\r", "<< \r\n+CPIN: NOT READY\r\n\r\nOK\r\n",
                ">> AT+CPIN?\r", "<< \r\n+CPIN: READY\r\n\r\nOK\r\n",
            ],
            Registered);
        await using var modem = await script.OpenAsync();
        Assert.Equal(3, script.Progress.Count(step => step is { Stage: Sim800Stage.Sim, Kind: Sim800ProgressKind.Waiting }));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_card_that_never_starts_up_is_told_in_the_end()
    {
        string[] busy = [">> AT+CPIN?\r", "<< \r\n+CME ERROR: SIM busy\r\n"];
        await using var script = new ModemScript([.. Enumerable.Repeat(busy, 40).Prepend(Synchronised)]);
        var failed = await Assert.ThrowsAsync<SimException>(() => script.OpenAsync());
        Assert.Equal((SimReason.Failure, "+CME ERROR: SIM busy"), (failed.Reason, failed.Answer));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("+CREG: 0,3", 31, ModemRegistrationReason.Denied)]
    [InlineData("+CREG: 0,0", 31, ModemRegistrationReason.NotSearching)]
    [InlineData("+CREG: 0,2", 181, ModemRegistrationReason.NoNetwork)]
    [InlineData("+CREG: 0,4", 181, ModemRegistrationReason.NoNetwork)]
    public async Task A_registration_that_does_not_come_is_told(string answer, int times, ModemRegistrationReason reason)
    {
        string[] asked = [">> AT+CREG?\r", $"<< \r\n{answer}\r\n\r\nOK\r\n"];
        await using var script = new ModemScript(
            [Synchronised, Conversations.Open[4..6], .. Enumerable.Repeat(asked, times), [">> AT+CGREG?\r", "<< \r\n+CGREG: 0,2\r\n\r\nOK\r\n"]]);
        var failed = await Assert.ThrowsAsync<ModemRegistrationException>(() => script.OpenAsync());
        await script.PlayedAsync();
        Assert.Equal((reason, answer), (failed.Reason, failed.Answer));
        Assert.Contains(script.Progress, step => step is { Stage: Sim800Stage.Network, Kind: Sim800ProgressKind.Waiting });
    }

    [Fact(Timeout = 120_000)]
    public async Task A_card_that_is_denied_by_one_network_after_the_other_finds_one_in_the_end()
    {
        string[][] asked = [.. "2323015".Select(status => (string[])[">> AT+CREG?\r", $"<< \r\n+CREG: 0,{status}\r\n\r\nOK\r\n"])];
        await using var script = new ModemScript(
            [Synchronised, Conversations.Open[4..6], .. Enumerable.Repeat(asked[0], 40), .. Enumerable.Repeat(asked[1], 20), .. asked[2..5], asked[6]]);
        await using var modem = await script.OpenAsync(); // denied a minute after the start, but never for half a minute
        await script.PlayedAsync();
        Assert.Contains(script.Progress, step => step is { Stage: Sim800Stage.Network, Detail: "denied by the network" });
    }

    [Fact(Timeout = 120_000)]
    public async Task A_card_for_data_alone_is_denied_calls_and_may_be_used()
    {
        string[] denied = [">> AT+CREG?\r", "<< \r\n+CREG: 0,3\r\n\r\nOK\r\n"];
        await using var script = new ModemScript(
            [Synchronised, Conversations.Open[4..6], .. Enumerable.Repeat(denied, 31), [">> AT+CGREG?\r", "<< \r\n+CGREG: 0,5\r\n\r\nOK\r\n"]]);
        await using var modem = await script.OpenAsync();
        Assert.Equal("roaming, data only", script.Progress[^1].Detail);
    }

    [Fact(Timeout = 120_000)]
    public async Task GPRS_that_does_not_attach_by_itself_is_asked_to()
    {
        string[] detached = [">> AT+CGATT?\r", "<< \r\n+CGATT: 0\r\n\r\nOK\r\n"];
        await using var script = new ModemScript(
            [
                Conversations.Open,
                .. Enumerable.Repeat(detached, 11),
                [">> AT+CGATT=1\r", "<< \r\nOK\r\n"],
                Attach,
            ]);
        await using var modem = await script.OpenAsync();
        await modem.AttachAsync(Ct);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task GPRS_that_is_not_allowed_is_explained()
    {
        string[] detached = [">> AT+CGATT?\r", "<< \r\n+CGATT: 0\r\n\r\nOK\r\n"];
        await using var script = new ModemScript(
            [
                Conversations.Open,
                .. Enumerable.Repeat(detached, 11),
                [
                    ">> AT+CGATT=1\r", "<< \r\n+CME ERROR: GPRS services not allowed\r\n",
                    ">> AT+CIPSTATUS\r", "<< \r\nOK\r\n\r\nSTATE: IP INITIAL\r\n",
                ],
            ]);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<GprsException>(() => modem.AttachAsync(Ct));
        Assert.Equal((107, "IP INITIAL", "AT+CGATT=1"), (refused.CmeError, refused.State, refused.Command));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refused_context_names_the_access_point()
    {
        await using var script = new ModemScript(
            Conversations.Open, Attach[..8], [">> AT+CIICR\r", "<< \r\n+PDP: DEACT\r\n\r\nERROR\r\n"]);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<GprsException>(() => modem.AttachAsync(Ct));
        Assert.Equal(("PDP DEACT", "ERROR", Sim800Stage.Gprs), (refused.State, refused.Answer, refused.Stage));
        Assert.Contains("APN", refused.RemedyText, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Settings_that_are_refused_in_one_line_are_made_one_by_one()
    {
        await using var script = new ModemScript(
            Conversations.Open,
            Attach[..4],
            [
                ">> AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1;+CIPSSL=0\r", "<< \r\nERROR\r\n",
                ">> AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1\r", "<< \r\nERROR\r\n",
                ">> AT+CIPMUX=1\r", "<< \r\nOK\r\n",
                ">> AT+CIPQSEND=1\r", "<< \r\nOK\r\n",
                ">> AT+CIPRXGET=1\r", "<< \r\nERROR\r\n",
                ">> AT+CIPRXGET=1\r", "<< \r\nERROR\r\n",
                ">> AT+CIPSTATUS\r", "<< \r\nOK\r\n\r\nSTATE: IP INITIAL\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<GprsException>(() => modem.AttachAsync(Ct));
        Assert.Equal("AT+CIPRXGET=1", refused.Command);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Name_servers_of_the_user_are_set()
    {
        await using var script = new ModemScript(
            Conversations.Open, Attach, [">> AT+CDNSCFG=\"8.8.8.8\",\"1.1.1.1\"\r", "<< \r\nOK\r\n"]);
        await using var modem = await script.OpenAsync(script.Options with
        {
            DnsServers = [System.Net.IPAddress.Parse("8.8.8.8"), System.Net.IPAddress.Parse("1.1.1.1")],
        });
        await modem.AttachAsync(Ct);
        await modem.AttachAsync(Ct); // already up: nothing is sent
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Flow_control_is_switched_on_when_it_is_wired()
    {
        await using var script = new ModemScript(
            Synchronised, [">> AT+IFC=2,2\r", "<< \r\nOK\r\n"], Conversations.Open[4..]);
        await using var modem = await script.OpenAsync(script.Options with { HardwareFlowControl = true });
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_silent_modem_is_called_for_a_while_and_then_told()
    {
        await using var script = new ModemScript();
        var silent = await Assert.ThrowsAsync<AtTimeoutException>(() => script.OpenAsync());
        Assert.Equal((AtTimeoutReason.Silence, Sim800Stage.Modem), (silent.Reason, silent.Stage));
        Assert.InRange(script.Clock.Elapsed, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_left_in_a_transparent_connection_or_a_prompt_is_called_out_of_it()
    {
        string[] silence = [">> AT\r", ">> AT\r", ">> AT\r"];
        await using var script = new ModemScript(
            silence,
            silence,
            [">> +++", ">> " + new string('\r', 1460), ">> AT\r", "<< \r\nOK\r\n", ">> AT+CMEE?\r", "<< \r\n+CMEE: 0\r\n\r\nOK\r\n"],
            Conversations.Open[2..]);
        await using var modem = await script.OpenAsync();
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_the_power_key_is_wired_a_silent_modem_is_switched_on()
    {
        var key = new PowerKeySpy();
        await using var script = new ModemScript(); // nobody there
        await Assert.ThrowsAsync<AtTimeoutException>(() => script.OpenAsync(script.Options with { Power = key }));
        Assert.Equal(1, key.Pressed);
    }

    [Theory]
    [InlineData("12a4")]
    [InlineData("123")]
    [InlineData("123456789")]
    public async Task A_PIN_that_is_none_is_refused_before_anything_is_sent(string pin)
    {
        await using var script = new ModemScript();
        await Assert.ThrowsAsync<ArgumentException>(() => script.OpenAsync(script.Options with { Pin = pin }));
    }

    [Fact]
    public async Task Options_that_cannot_be_sent_are_refused()
    {
        await using var script = new ModemScript();
        await Assert.ThrowsAsync<ArgumentException>(() => script.OpenAsync(script.Options with { Apn = "with \" quote" }));
        await Assert.ThrowsAsync<ArgumentException>(() => script.OpenAsync(script.Options with { ApnUser = new string('u', 51) }));
        await Assert.ThrowsAsync<ArgumentException>(() => script.OpenAsync(script.Options with { ApnPassword = "caf\u00e9" }));
        await Assert.ThrowsAsync<ArgumentException>(() => script.OpenAsync(script.Options with { MaxSendSize = 0 }));
        await Assert.ThrowsAsync<ArgumentException>(() => script.OpenAsync(script.Options with { MaxSendSize = 1501 }));
    }

    private sealed class PowerKeySpy : IModemPowerControl
    {
        internal int Pressed { get; private set; }

        public ValueTask PressPowerKeyAsync(TimeSpan duration, CancellationToken cancellationToken)
        {
            Pressed++;
            return ValueTask.CompletedTask;
        }

        public ValueTask<bool> ResetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);
    }
}
