using System.Text.Json;
using Sim800.Simulator;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>A bad line, a weak supply and an odd rate, and what the tool says of them.</summary>
public sealed class BadLineTests
{
    private const string Map = "broker.test:1883=127.0.0.1:1";

    /// <summary>Each waits until a modem would have answered at one of the rates.</summary>
    public static TheoryData<string> Verbs => [.. new[] { "doctor", "pub", "info", "at", "ussd" }.Take(Extent.Of(sample: 2, full: 5))];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Joined_wires_are_told_in_every_verb(string verb)
    {
        await using var modem = TestModem.WithFaults(Map, "echo-only");
        string[] more = verb switch
        {
            "at" => ["AT+CSQ"],
            "ussd" => ["*100#"],
            "pub" => ["-h", "broker.test", "--no-tls", "-t", "a", "-m", "b", "--connect-timeout", "25"],
            _ => [],
        };
        await using var run = ProgramRun.StartOurs("sim800", [verb, "--device", modem.DevicePath, "--quiet", .. more]);
        Assert.Equal(verb == "doctor" ? 11 : 1, await run.ExitCodeAsync());
        var told = run.Output + run.Error;
        Assert.Contains("Only the echo of 'AT", told, StringComparison.Ordinal);
        Assert.Contains("TXD and RXD are crossed and not joined", told, StringComparison.Ordinal);
    }

    [Theory]
    [Models("READy")]
    [Models("RE\u00c1DY")]
    [Models("REDY")]
    [Models("SIM PIM")]
    [Models("READY READY")]
    public async Task Words_that_no_modem_says_are_asked_again_and_then_put_down_to_the_line(VirtualModemModel model, string words)
    {
        var asked = 0;
        await using var modem = OddModem.Start(given => given == "AT+CPIN?" && ++asked > 0 ? $"\r\n+CPIN: {words}\r\n\r\nOK\r\n" : null, TestModem.Of(model));
        await using var run = ProgramRun.StartOurs("sim800", "doctor", "--device", modem.DevicePath, "--quiet");
        Assert.Equal(11, await run.ExitCodeAsync());
        Assert.InRange(asked, 3, 40);
        Assert.Contains("The line is bad: the answers to 'AT+CPIN?' are damaged", run.Output, StringComparison.Ordinal);
        foreach (var word in new[] { "baud rate", "ground", "flow control" })
        {
            Assert.Contains(word, run.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("another code", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Models("AT+CPIN?", "\r\n+CPIN: READy\r\n\r\nOK\r\n")]
    [Models("AT+CREG?", "\r\n+CREG: 0,x\r\n\r\nOK\r\n")]
    [Models("AT+CREG?", "\r\n+CRE?: 0,1\r\n\r\nOK\r\n")]
    [Models("AT+CGATT?", "\r\n+CGATT: 1\r\n\r\nO?\r\n")]
    [Models("AT+CIFSR;E0", "\r\n10.0.109.944\r\n\r\nOK\r\n", With = SocketCommands.Cipstart)]
    [Models("AT+IPADDR", "\r\n+IPADDR: 10.0.109.944\r\n\r\nOK\r\n", With = SocketCommands.Cipopen)]
    [Models("AT+NETOPEN", "\r\nOK\r\n\r\n+NETOPEN: ?\r\n", With = SocketCommands.Cipopen)]
    [Models("AT+NETCLOSE", "\r\n+NETCLOSE: 2\r\n\r\nERRO?\r\n", With = SocketCommands.Cipopen)]
    [Models("AT+CSQ", "\r\n+CSQ: 2?,0\r\n\r\nOK\r\n")]
    public async Task One_damaged_answer_costs_no_more_than_a_moment(VirtualModemModel model, string command, string answer)
    {
        var asked = 0;
        await using var modem = OddModem.Start(given => given == Wording.Of(model, command) && ++asked == 1 ? Wording.Of(model, answer) : null, TestModem.Of(model));
        await using var run = ProgramRun.StartOurs("sim800", "doctor", "--device", modem.DevicePath, "--quiet");
        Assert.True(await run.ExitCodeAsync() == 0, run.Output);
        Assert.DoesNotContain("944", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task A_modem_that_keeps_restarting_in_the_bring_up_is_called_that(VirtualModemModel model)
    {
        await using var modem = TestModem.WithFaults(Map, model, Wording.Of(model, "restart=AT+CIICR,9"));
        await using var run = ProgramRun.StartOurs("sim800", "doctor", "--device", modem.DevicePath, "--quiet", "--json");
        Assert.Equal(14, await run.ExitCodeAsync());
        var report = JsonDocument.Parse(run.Output).RootElement;
        var broken = report.GetProperty("rungs").EnumerateArray().Last();
        Assert.StartsWith(Wording.Of(model, "The modem keeps restarting while it is brought up, the last time at 'AT+CIICR'."), broken.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("2 A", broken.GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.Contains(report.GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("restart", StringComparison.Ordinal));
    }

    [Theory]
    [Models(And = VirtualModemModel.A7670E)]
    public async Task One_restart_in_the_bring_up_is_got_over_with_a_note(VirtualModemModel model)
    {
        await using var modem = TestModem.WithFaults(Map, model, Wording.Of(model, "restart=AT+CIICR"));
        await using var run = ProgramRun.StartOurs("sim800", "doctor", "--device", modem.DevicePath, "--quiet");
        Assert.True(await run.ExitCodeAsync() == 0, run.Output);
        Assert.Contains("note  the modem restarted, most likely because its supply broke down", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Models("info")]
    [Models("at", "AT+CSQ")]
    [Models("at", "AT+CSQ", "--wait", "1")]
    public async Task A_line_about_under_voltage_leaves_a_note_in_any_verb(VirtualModemModel model, params string[] verb)
    {
        await using var modem = OddModem.Start(TestModem.Of(model), ("AT+CSQ", "\r\nUNDER-VOLTAGE WARNNING\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n"));
        await using var run = ProgramRun.StartOurs("sim800", [.. verb, "--device", modem.DevicePath, "--quiet"]);
        Assert.True(await run.ExitCodeAsync() == 0, run.Error);
        Assert.StartsWith("sim800: the modem reports under-voltage, 3.5 V or less", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task A_modem_that_is_denied_for_long_hears_of_2G_too(VirtualModemModel model)
    {
        await using var modem = TestModem.WithFaults(Map, model, "registration-denied");
        await using var run = ProgramRun.StartOurs("sim800", "info", "--device", modem.DevicePath, "--quiet");
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Contains("network   Denied", run.Output, StringComparison.Ordinal);
    }
}
