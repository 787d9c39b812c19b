using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using static Sim800.Modem.Tests.Conversations;

namespace Sim800.Modem.Tests;

public sealed class LogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Neither_secrets_nor_payload_nor_messages_are_logged()
    {
        using var log = new Lines();
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

        var all = string.Join('\n', log.Written);
        foreach (var secret in new[] { "4711", "geheim", "payload", "sms-text", "balance" })
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }

        foreach (var shown in new[] { "AT+CPIN=...", "AT+CIPSEND=0,", "UNDER-VOLTAGE", "PDP context", "restarted", "thrown away", "is open", "has ended" })
        {
            Assert.Contains(shown, all, StringComparison.Ordinal);
        }
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        internal ConcurrentQueue<string> Written { get; } = new();

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue($"{eventId.Id} {formatter(state, exception)}");

        public void Dispose() => Written.Clear();
    }
}
