using static Sim800.Modem.Tests.Dialects.SimcomLte.LteConversations;

namespace Sim800.Modem.Tests.Dialects.SimcomLte;

/// <summary>The recovery ladder with the commands of an LTE module, byte for byte, and its power.</summary>
public sealed class LteRecoveryTests
{
    private static readonly string[] Refused =
    [
        ">> AT+CIPRXGET=1\r", "<< \r\nOK\r\n",
        ">> AT+CIPOPEN=0,\"TCP\",\"broker.example.org\",8883\r", "<< \r\nOK\r\n\r\n+CIPOPEN: 0,1\r\n",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_ladder_is_climbed_rung_by_rung()
    {
        var keys = new Keys();
        await using var script = new ModemScript(
            Open, Attach, Refused,
            Refused, // reopen
            Attach, Refused, // rebuild the context
            [">> AT+COPS=0\r", "<< \r\nOK\r\n", ">> AT+CFUN=4\r", "<< \r\nOK\r\n", ">> AT+CFUN=1\r", "<< \r\nOK\r\n"], Open, Attach, Refused,
            [">> AT+CRESET\r", "<< \r\nOK\r\n\0\r\n*ATREADY: 1\r\n"], Open, Attach, Refused,
            Open, Attach, Connect);
        await using var modem = await script.OpenAsync(script.Options with
        {
            Power = keys,
            Recovery = new ModemRecoveryOptions { AttemptsPerRung = 1, FirstDelay = TimeSpan.FromSeconds(1) },
        });
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var refused = await Assert.ThrowsAsync<TcpConnectException>(() => ConnectAsync(modem));
            Assert.Equal((TcpConnectReason.Failed, "+CIPOPEN: 0,1"), (refused.Reason, refused.Answer));
        }

        await ConnectAsync(modem);
        await script.PlayedAsync();
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(0.5)], keys.Presses); // off, and on again
        Assert.Equal([1, 1, 1, 1, 1], Enum.GetValues<ModemRecoveryRung>().Select(modem.RecoveryCount));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("+CIPOPEN: 0,11", TcpConnectReason.HostNotFound)]
    [InlineData("+CIPOPEN: 0,10", TcpConnectReason.Failed)]
    [InlineData("+IPCLOSE: 0,1", TcpConnectReason.Closed)]
    public async Task An_outcome_says_why(string outcome, TcpConnectReason reason)
    {
        await using var script = new ModemScript(
            Open, Attach, [.. Connect[..^1], $"<< \r\nOK\r\n\r\n{outcome}\r\n"]);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => ConnectAsync(modem));
        Assert.Equal((reason, "AT+CIPOPEN"), (refused.Reason, refused.Command));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task A_link_in_use_is_closed_and_free_afterwards(int code)
    {
        await using var script = new ModemScript(
            Open,
            Attach,
            [
                .. Connect[..^1], $"<< \r\n+CIPOPEN: 0,{code}\r\n\r\nERROR\r\n",
                ">> AT+CIPCLOSE=0\r", "<< \r\nOK\r\n\r\n+CIPCLOSE: 0,0\r\n",
            ],
            Connect);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => ConnectAsync(modem));
        Assert.Equal((TcpConnectReason.NotAllowed, $"+CIPOPEN: 0,{code}"), (refused.Reason, refused.Answer));
        await ConnectAsync(modem);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_users_own_command_ends_with_its_second_part()
    {
        await using var script = new ModemScript(
            Open,
            [
                ">> AT+NETOPEN\r", "<< \r\nOK\r\n\r\n+NETOPEN: 0\r\n",
                ">> AT+CIPOPEN=3,\"TCP\",\"h\",1\r", "<< \r\n+CIPOPEN: 3,2\r\n\r\nERROR\r\n",
                ">> AT+CSQ\r", "<< \r\n+CSQ: 20,99\r\n\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        Assert.Equal("+NETOPEN: 0", (await modem.SendCommandAsync("AT+NETOPEN", cancellationToken: Ct)).Result);
        await Assert.ThrowsAsync<AtCommandException>(() => modem.SendCommandAsync("AT+CIPOPEN=3,\"TCP\",\"h\",1", cancellationToken: Ct));
        Assert.Equal("OK", (await modem.SendCommandAsync("AT+CSQ", cancellationToken: Ct)).Result); // the ERROR was not left for it
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Switched_off_it_may_say_so_or_nothing()
    {
        await using var script = new ModemScript(Open, [">> AT+CPOF\r", "<< \r\nOK\r\n"]);
        var modem = await script.OpenAsync();
        await modem.Power.PowerOffAsync(Ct);
        await script.PlayedAsync();
        await using var silent = new ModemScript(Open, [">> AT+CPOF\r"]);
        var other = await silent.OpenAsync();
        await other.Power.PowerOffAsync(Ct);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ModemSleepMode.Automatic, "A7670E-FASE", true)]
    [InlineData(ModemSleepMode.Automatic, "SIMCOM_SIM7600E", false)]
    public async Task Sleep_on_an_idle_line_is_refused_where_there_is_none(ModemSleepMode mode, string model, bool exists)
    {
        await using var script = new ModemScript(
            [.. Open[..3], Open[3].Replace("A7670E-FASE", model, StringComparison.Ordinal), .. Open[4..]],
            exists ? [">> AT+CSCLK=2\r", "<< \r\nOK\r\n"] : []);
        await using var modem = await script.OpenAsync();
        if (exists)
        {
            await modem.Power.SetSleepModeAsync(mode, Ct);
        }
        else
        {
            await Assert.ThrowsAsync<ModemFamilyException>(() => modem.Power.SetSleepModeAsync(mode, Ct));
        }

        await script.PlayedAsync();
    }

    private static Task<ModemTcpConnection> ConnectAsync(CellularModem modem) => modem.ConnectTcpAsync("broker.example.org", 8883, Ct);

    /// <summary>The power key alone is wired.</summary>
    private sealed class Keys : IModemPowerControl
    {
        internal List<TimeSpan> Presses { get; } = [];

        public ValueTask PressPowerKeyAsync(TimeSpan duration, CancellationToken cancellationToken)
        {
            Presses.Add(duration);
            return ValueTask.CompletedTask;
        }

        public ValueTask<bool> ResetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);
    }
}
