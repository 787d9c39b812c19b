namespace Sim800.Simulator.Tests.Machine;

public sealed class CommandLineTests
{
    [Fact]
    public void A_line_feed_after_the_carriage_return_is_neither_echoed_nor_answered()
    {
        var host = new EngineHost();
        host.Says("AT\r\n", "AT\r\r\nOK\r\n");
        host.Says("AT\r\n", "AT\r\r\nOK\r\n");
    }

    [Theory]
    [InlineData("at+csq\r")]
    [InlineData("aT+csq\r")]
    [InlineData("\u001BxxAT+CSQ\r")]
    public void The_prefix_is_found_in_any_case_and_behind_garbage(string line)
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says(line, "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void A_line_without_the_prefix_is_echoed_and_not_answered()
    {
        var host = new EngineHost();
        host.Says("hello\r", "hello\r");
    }

    [Fact]
    public void A_backspace_takes_the_last_character_back()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says("AT+CSX\bQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
    }

    [Theory]
    [InlineData("AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1\r", "\r\nOK\r\n")]
    [InlineData("AT+CIPSHUT;+CIPMUX=1\r", "\r\nSHUT OK\r\n\r\nOK\r\n")]
    [InlineData("AT+CSQ;+CIPSHUT\r", "\r\n+CSQ: 21,0\r\n\r\nSHUT OK\r\n")]
    [InlineData("AT+CSQ;+NOSUCH;+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nERROR\r\n")]
    [InlineData("ATE0V1Q0;+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n")]
    [InlineData("AT+CSTT=\"a;b\",\"c\"\r", "\r\nOK\r\n")]
    [InlineData("ATE0S0?\r", "\r\n000\r\n\r\nOK\r\n")]
    [InlineData("ATS0=1&C1&D1\r", "\r\nOK\r\n")]
    public void Commands_are_joined_and_the_last_one_gives_the_result(string line, string answer)
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says(line, answer);
    }

    [Theory]
    [InlineData("AT+NOSUCH\r")]
    [InlineData("AT+CSQ=1\r")]
    [InlineData("AT+CSTT=\"unbalanced\r")]
    [InlineData("AT*\r")]
    [InlineData("AT&\r")]
    [InlineData("ATE7\r")]
    public void What_the_modem_does_not_understand_is_an_error(string line)
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Exchange("AT+CMEE=2\r");
        host.Says(line, "\r\nERROR\r\n");
    }

    [Fact]
    public void A_line_holds_556_characters_and_no_more()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says("AT" + new string(' ', 556) + "\r", "\r\nOK\r\n");
        host.Says("AT" + new string(' ', 557) + "\r", "\r\nERROR\r\n");
        host.Says("AT" + new string('x', 5000) + "\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void A_line_holds_39_commands_and_no_more()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says("AT" + string.Concat(Enumerable.Repeat("E0", 39)) + "\r", "\r\nOK\r\n");
        host.Says("AT" + string.Concat(Enumerable.Repeat("E0", 40)) + "\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void A_command_waits_for_the_one_before_it()
    {
        var host = new EngineHost(new VirtualModemOptions { PdpActivationTime = TimeSpan.FromSeconds(2) });
        host.Exchange("ATE0;+CSTT\r");
        host.Says("AT+CIICR\rAT+CSQ\r", "");
        host.Hears("\r\nOK\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n", 2);
    }

    [Fact]
    public void Numbers_replace_words_after_ATV0()
    {
        var host = new EngineHost();
        host.Says("ATE0V0\r", "ATE0V0\r0\r");
        host.Says("AT+CSQ\r", "+CSQ: 21,0\r\n0\r");
        host.Says("AT+NOSUCH\r", "4\r");
        host.Says("ATD123\r", "3\r");
        host.Says("ATV1\r", "\r\nOK\r\n");
    }

    [Fact]
    public void Results_are_silent_after_ATQ1()
    {
        var host = new EngineHost();
        host.Says("ATE0Q1\r", "ATE0Q1\r");
        host.Says("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n");
        host.Says("ATQ0\r", "\r\nOK\r\n");
    }

    [Theory]
    [InlineData(0, "\r\nERROR\r\n")]
    [InlineData(1, "\r\n+CME ERROR: 3\r\n")]
    [InlineData(2, "\r\n+CME ERROR: operation not allowed\r\n")]
    public void Errors_are_told_as_CMEE_says(int level, string answer)
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says($"AT+CMEE={level}\r", "\r\nOK\r\n");
        host.Says("AT+CMEE?\r", $"\r\n+CMEE: {level}\r\n\r\nOK\r\n");
        host.Says("AT+CIPCLOSE=1\r", answer);
    }

    [Fact]
    public void Random_bytes_never_break_the_modem()
    {
        var seed = TestKit.Seed.Fresh();
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        var host = EngineHost.Connectable();
        var alphabet = "AT+CIPSENDRXGMUXQH=?;,\"0123456789\r\n\b\u001A\u001B> \\".ToCharArray();
        for (var i = 0; i < 2000; i++)
        {
            host.Exchange(new string(random.GetItems(alphabet, random.Next(1, 40))), 0.05);
        }

        host.Engine.Power.Reboot();
        host.Wait(10);
        Assert.EndsWith("\r\nOK\r\n", host.Exchange("\rAT\r"));
    }
}
