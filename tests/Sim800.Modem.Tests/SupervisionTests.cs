using static Sim800.Modem.Tests.Conversations;

namespace Sim800.Modem.Tests;

public sealed class SupervisionTests
{
    private static readonly string[] UpToLink = Of(Conversations.Open, Attach, Connect);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("\r\nRDY\r\n", ModemEventKind.Restarted)]
    [InlineData("\u0000IIII\u00ff\u00ff\u00ff\u00ff\r\n", ModemEventKind.Restarted)]
    [InlineData("\r\n+CFUN: 1\r\n", ModemEventKind.Restarted)]
    [InlineData("\r\nNORMAL POWER DOWN\r\n", ModemEventKind.PoweredDown)]
    [InlineData("\r\nUNDER-VOLTAGE POWER DOWN\r\n", ModemEventKind.UnderVoltagePowerDown)]
    [InlineData("\r\nOVER-VOLTAGE POWER OFF\r\n", ModemEventKind.OverVoltagePowerDown)]
    public async Task A_restart_ends_every_connection_and_the_next_one_settles_everything_anew(string sign, ModemEventKind kind)
    {
        await using var script = new ModemScript(UpToLink, ["<< " + sign], Conversations.Open, Attach, Connect);
        await using var modem = await script.OpenAsync();
        var first = await ConnectAsync(modem);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () => await first.Input.ReadAsync(Ct));
        Assert.Equal(TcpLinkReason.ModemRestarted, lost.Reason);
        Assert.Null(modem.LocalAddress);
        await first.DisposeAsync();
        await ConnectAsync(modem);
        await script.PlayedAsync();
        Assert.Equal(kind, script.Events[0].Kind);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_throws_when_he_is_told_of_an_event_ends_the_line_with_that_and_nobody_waits_for_ever()
    {
        await using var script = new ModemScript(UpToLink, ["<< \r\nUNDER-VOLTAGE WARNNING\r\n"]);
        await using var modem = await script.OpenAsync(script.Options with { Events = new Thrower() });
        var connection = await ConnectAsync(modem);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () => await connection.Input.ReadAsync(Ct));
        Assert.Equal(TcpLinkReason.LineClosed, lost.Reason);
        var closed = await Assert.ThrowsAsync<ModemClosedException>(() => modem.Network.ReadSignalAsync(Ct));
        Assert.IsType<NotSupportedException>(closed.InnerException);
    }

    [Fact(Timeout = 120_000)]
    public async Task Echo_that_is_back_is_a_restart_too()
    {
        await using var script = new ModemScript(
            UpToLink, [">> AT+CIPSEND=0,1\r", "<< AT+CIPSEND=0,1\r\r\nERROR\r\n"], Conversations.Open, Attach, Connect);
        await using var modem = await script.OpenAsync();
        var first = await ConnectAsync(modem);
        await first.Output.WriteAsync("a"u8.ToArray(), Ct);
        await Assert.ThrowsAsync<TcpLinkException>(async () => await first.Input.ReadAsync(Ct));
        await first.DisposeAsync();
        await ConnectAsync(modem);
        Assert.Equal(1, modem.RestartCount);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_that_keeps_restarting_is_told_to_have_a_bad_supply()
    {
        var again = Of(Conversations.Open, Attach, Connect);
        await using var script = new ModemScript(UpToLink, ["<< \r\nRDY\r\n"], again, ["<< \r\nRDY\r\n"], again, ["<< \r\nRDY\r\n"]);
        await using var modem = await script.OpenAsync();
        var reasons = new List<TcpLinkException>();
        for (var i = 0; i < 3; i++)
        {
            await using var connection = await ConnectAsync(modem);
            reasons.Add(await Assert.ThrowsAsync<TcpLinkException>(async () => await connection.Input.ReadAsync(Ct)));
        }

        Assert.Equal(TcpLinkReason.ModemKeepsRestarting, reasons[2].Reason);
        Assert.Contains("2 A", reasons[2].RemedyText, StringComparison.Ordinal);
        Assert.Contains(script.Events, happened => happened.Kind == ModemEventKind.KeepsRestarting);
        Assert.Equal(3, modem.RestartCount);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_context_that_the_network_takes_away_is_rebuilt_by_the_next_connection()
    {
        await using var script = new ModemScript(UpToLink, ["<< \r\n+PDP: DEACT\r\n"], Attach, Connect);
        await using var modem = await script.OpenAsync();
        var first = await ConnectAsync(modem);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () => await first.Input.ReadAsync(Ct));
        Assert.Equal(TcpLinkReason.ContextDeactivated, lost.Reason);
        await first.DisposeAsync();
        await ConnectAsync(modem);
        await script.PlayedAsync();
        Assert.Equal(ModemEventKind.ContextDeactivated, script.Events[0].Kind);
    }

    [Fact(Timeout = 120_000)]
    public async Task Warnings_of_supply_and_temperature_are_typed_events_and_change_nothing()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                "<< UNDER-VOLTAGE WARNNING\r\nUNDER-VOLTAGE WARNNING\r\n\r\nOVER-VOLTAGE WARNNING\r\n\r\n+CMTE: 1\r\n\r\n+CIPRXGET: 1,0\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,1,0\r\nx\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Input.ReadAtLeastAsync(1, Ct);
        Assert.Equal(
            [ModemEventKind.UnderVoltage, ModemEventKind.UnderVoltage, ModemEventKind.OverVoltage, ModemEventKind.Temperature],
            script.Events.Select(happened => happened.Kind));
        Assert.True(connection.IsOpen);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_tail_of_a_boot_does_not_end_a_young_connection()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                "<< \r\nCall Ready\r\n\r\nSMS Ready\r\n\r\n+CIPRXGET: 1,0\r\n",
                ">> AT+CIPRXGET=2,0,1460\r", "<< \r\n+CIPRXGET: 2,0,1,0\r\nx\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Input.ReadAtLeastAsync(1, Ct);
        Assert.Empty(script.Events);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_ladder_is_climbed_rung_by_rung()
    {
        var power = new PowerSpy();
        string[] refused = [">> AT+CIPSTART=0,\"TCP\",\"broker.example.org\",8883\r", "<< \r\nOK\r\n\r\n0, CONNECT FAIL\r\n", ">> AT+CDNSGIP=\"broker.example.org\"\r", "<< \r\nERROR\r\n"];
        await using var script = new ModemScript(
            Conversations.Open, Attach, refused,
            refused, // reopen
            Attach, refused, // rebuild the context
            [">> AT+CGATT=0\r", "<< \r\nOK\r\n", ">> AT+CGATT=1\r", "<< \r\nOK\r\n"], Attach, refused,
            [">> AT+CFUN=1,1\r", "<< \r\nOK\r\n\r\nRDY\r\n"], Conversations.Open, Attach, refused,
            ["<< \r\nRDY\r\n"], Conversations.Open, Attach, Connect);
        await using var modem = await script.OpenAsync(script.Options with
        {
            Power = power,
            Recovery = new ModemRecoveryOptions { AttemptsPerRung = 1, FirstDelay = TimeSpan.FromSeconds(1) },
        });
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await Assert.ThrowsAsync<TcpConnectException>(() => ConnectAsync(modem));
        }

        await ConnectAsync(modem);
        await script.PlayedAsync();
        Assert.Equal(1, power.Resets);
        Assert.Equal([1, 1, 1, 1, 1], Enum.GetValues<ModemRecoveryRung>().Select(modem.RecoveryCount));
        Assert.Equal(
            Enum.GetNames<ModemRecoveryRung>(),
            script.Events.Where(happened => happened.Kind == ModemEventKind.Recovering).Select(happened => happened.Text));
    }

    private static Task<ModemTcpConnection> ConnectAsync(CellularModem modem) => modem.ConnectTcpAsync("broker.example.org", 8883, Ct);

    private sealed class Thrower : IProgress<ModemEvent>
    {
        public void Report(ModemEvent value) => throw new NotSupportedException(value.Text);
    }

    private sealed class PowerSpy : IModemPowerControl
    {
        internal int Resets { get; private set; }

        public ValueTask PressPowerKeyAsync(TimeSpan duration, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<bool> ResetAsync(CancellationToken cancellationToken)
        {
            Resets++;
            return ValueTask.FromResult(true);
        }
    }
}
