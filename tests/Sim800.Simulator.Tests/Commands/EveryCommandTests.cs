using System.Text.RegularExpressions;
using Sim800.Simulator.Commands;
using Sim800.Simulator.Tests.Lte;
using Sim800.Simulator.Tests.Machine;
using TestKit;

namespace Sim800.Simulator.Tests.Commands;

/// <summary>Whatever is asked with whatever parameters, there is an answer, and behind it the next command is answered.</summary>
public sealed partial class EveryCommandTests
{
    private const int Sets = 8;
    private const int FullSets = 400;

    /// <summary>What takes the modem away from its rate or its command mode, or switches it off.</summary>
    private static readonly string[] Farewells = ["+CPOWD", "+CPOF", "+CRESET", "+CREBOOT", "+CFUN", "+IPR", "+IPREX", "+ICF", "+IFC", "+CSCLK", "D", "+CMUX", "O", "+CIPSTART", "+CIPSEND"];

    /// <summary>What a parameter may be: right ones of most commands, those beside their limits, and what is none.</summary>
    private static readonly string[] Parameters =
    [
        "", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "15", "16", "20", "50", "60", "64", "99", "100", "127", "128", "255", "256", "600", "1000",
        "1024", "1460", "1461", "8080", "65535", "65536", "-1", "2147483648", "99999999999999999999", "1.5", "x", "\"\"", "\"1\"", "\"0000\"", "\"1234\"",
        "\"SC\"", "\"SM\"", "\"ME\"", "\"IP\"", "\"IPV6\"", "\"TCP\"", "\"UDP\"", "\"GSM\"", "\"UCS2\"", "\"IRA\"", "\"internet\"", "\"CONTYPE\"", "\"APN\"",
        "\"ON\"", "\"ALL\"", "\"REC UNREAD\"", "\"+491701234567\"", "\"0041\"", "\"*100#\"", "\"198.51.100.7\"", "\"broker.example.org\"", "\"26/03/04,05:06:07+04\"",
        "\"2026/03/04,05:06:07+04\"", "\"ö\"", "\"open",
    ];

    public static TheoryData<VirtualModemModel, string> States
    {
        get
        {
            var states = new TheoryData<VirtualModemModel, string>();
            foreach (var model in Enum.GetValues<VirtualModemModel>())
            {
                foreach (var state in new[] { "ready", "connected", "locked", "without a card", "verbose", "terse" })
                {
                    states.Add(model, state);
                }
            }

            return states;
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Each_answers_to_any_parameters_and_leaves_the_modem_ready_for_the_next(VirtualModemModel model, string state)
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        foreach (var name in Table(model).Names)
        {
            foreach (var suffix in new[] { "", "?", "=?", "=" }.Concat(Enumerable.Range(0, Extent.Of(Sets, FullSets)).Select(_ => "=" + Some(random))))
            {
                Ask(Host(model, state), name, suffix);
            }
        }
    }

    private static string Some(Random random) =>
        string.Join(',', Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Parameters[random.Next(Parameters.Length)]));

    private static void Ask(EngineHost host, string name, string suffix)
    {
        var line = $"AT{name}{suffix}\r";
        var answer = host.Exchange(line, 200);
        if (answer.EndsWith('>') || answer.EndsWith("> ", StringComparison.Ordinal))
        {
            answer = host.Exchange("\u001b", 200);
        }

        if (Array.IndexOf(Farewells, name) < 0)
        {
            Assert.True(Final().IsMatch(answer), $"'{line}' has no final result: {EngineHost.Visible(answer)}");
            var next = host.Exchange("AT\r");
            Assert.True(Ready().IsMatch(next), $"Behind '{line}', answered with {EngineHost.Visible(answer)}, AT is answered with {EngineHost.Visible(next)}.");
        }
    }

    private static CommandTable Table(VirtualModemModel model) => model switch
    {
        VirtualModemModel.Sim800L => CommandTables.Sim800,
        VirtualModemModel.Sim7000G => CommandTables.Sim7000,
        VirtualModemModel.A7670E => CommandTables.A7670E,
        _ => CommandTables.Sim7600E,
    };

    private static EngineHost Host(VirtualModemModel model, string state)
    {
        var options = new VirtualModemOptions { Model = model };
        switch (state)
        {
            case "connected":
                return model is VirtualModemModel.Sim800L or VirtualModemModel.Sim7000G ? EngineHost.Connected(options) : LteHost.Connected(model);
            case "locked":
                return LteHost.Quiet(options with { Pin = "1234" });
            case "without a card":
                var cardless = new EngineHost(LteHost.Options(model, "no-sim"));
                cardless.Exchange("ATE0\r");
                return cardless;
            default:
                var host = LteHost.Quiet(options);
                if (state is "verbose")
                {
                    host.Says("AT+CMEE=2\r", "\r\nOK\r\n");
                }
                else if (state is "terse")
                {
                    host.Says("ATV0+CMEE=1\r", "0\r");
                }

                return host;
        }
    }

    [GeneratedRegex(@"(^|\n)((OK|ERROR|\+CM[ES] ERROR: [^\r]+|NO CARRIER|SHUT OK|([0-9], )?CLOSE OK|[0-9.]+)\r\n|[0-9]\r)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Final();

    [GeneratedRegex(@"\r\nOK\r\n|(^|\r)0\r", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Ready();
}
