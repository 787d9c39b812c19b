using Sim800.Modem.Dialects;
using Sim800.Modem.Tests.At;
using TestKit;
using static Sim800.Modem.Tests.Conversations;

namespace Sim800.Modem.Tests;

public sealed class LogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Neither_secrets_nor_payload_nor_messages_are_logged()
    {
        using var log = new LogLines();
        await using var script = new ModemScript(
            Conversations.Open[..4],
            [
                ">> AT+CPIN?\r", "<< \r\n+CPIN: SIM PIN\r\n\r\nOK\r\n",
                ">> AT+SPIC\r", "<< \r\n+SPIC: 3,3,10,10\r\n\r\nOK\r\n",
                ">> AT+CPIN=\"4711\"\r", "<< \r\nOK\r\n",
                ">> AT+CPIN?\r", "<< \r\n+CPIN: READY\r\n\r\nOK\r\n",
                ">> AT+CREG?\r", "<< \r\n+CREG: 0,1\r\n\r\nOK\r\n",
            ],
            Attach[..6],
            [">> AT+CSTT=\"internet\",\"user\",\"geheim\"\r", "<< \r\nOK\r\n"],
            Attach[8..],
            Connect,
            [
                "<< \r\n+CMT: \"\",23\r\nsms-text\r\n\r\n+CUSD: 0,\"balance\"\r\n\r\nnoise-payload\r\n" + new string('x', 3000) + "\r\n",
                ">> AT+CIPSEND=0,8\r", "<< \r\n> ", ">> payload!", "<< \r\nDATA ACCEPT:0,8\r\n\r\nUNDER-VOLTAGE WARNNING\r\n\r\n+PDP: DEACT\r\n\r\nRDY\r\n",
            ]);
        await using var modem = await script.OpenAsync(script.Options with
        {
            Pin = "4711",
            ApnUser = "user",
            ApnPassword = "geheim",
            LoggerFactory = log,
        });
        await using (var connection = await modem.ConnectTcpAsync("broker.example.org", 8883, Ct))
        {
            await connection.Output.WriteAsync("payload!"u8.ToArray(), Ct);
            await script.PlayedAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), script.Clock, Ct); // the clock stands still until all lines are read
            await Assert.ThrowsAsync<TcpLinkException>(async () => await connection.Input.ReadAsync(Ct));
        }

        var all = string.Join('\n', log.All);
        foreach (var secret in new[] { "4711", "geheim", "payload", "sms-text", "balance" })
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }

        foreach (var shown in new[] { "AT+CPIN=...", "AT+CIPSEND=0,", "UNDER-VOLTAGE", "PDP context", "restarted", "thrown away", "is open", "has ended" })
        {
            Assert.Contains(shown, all, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Words_of_the_modem_steer_no_terminal_and_forge_no_line()
    {
        using var log = new LogLines();
        await using var script = new ModemScript(
            Conversations.Open,
            [">> AT+CSQ\r", "<< \r\nUNDER-VOLTAGE WARNNING\e[2J\u009b31m\r\n\r\n+CME ERROR: \e]0;owned\a\u0085not allowed\r\n"]);
        await using var modem = await script.OpenAsync(script.Options with { LoggerFactory = log });
        var refusal = await Assert.ThrowsAsync<AtCommandException>(() => modem.Network.ReadSignalAsync(Ct));
        Assert.Contains("""+CME ERROR: \u001B]0;owned\u0007\u0085not allowed""", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("+CME ERROR: \e]0;owned\a\u0085not allowed", refusal.Answer);
        Assert.Contains(log.All, static line => line.Contains("""WARNNING\u001B[2J\u009B31m""", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All.Append(refusal.Message).Append(refusal.Happened), static text => text.Any(char.IsControl));
    }

    [Fact]
    public void The_echo_of_a_secret_that_runs_into_another_line_is_not_logged()
    {
        var log = new LogLines();
        var listener = new Listener(logger: log);
        listener.Begin(StandardCommands.EnterPin("4711"));
        listener.Feed("\r\n+CREG: 5N=\"4711\"\r\r\nOK\r\n\r\n+CREG: 5\r\n"); // the line has lost "\r\nAT+CPI"
        listener.Begin(StandardCommands.Model);
        listener.Feed("\r\n+CREG: 1\r\n");
        Assert.DoesNotContain(log.All, line => line.Contains("4711", StringComparison.Ordinal));
        Assert.Contains(log.All, line => line.Contains("+CREG: 1", StringComparison.Ordinal));
    }
}
