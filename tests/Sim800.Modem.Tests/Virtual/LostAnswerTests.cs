using System.Buffers;
using System.Text;
using Sim800.Simulator;

namespace Sim800.Modem.Tests.Virtual;

/// <summary>
/// Every command from the first AT to the first bytes received, with its answer lost, damaged, refused or late once: it all goes on, and
/// nobody waits for minutes.
/// </summary>
public sealed class LostAnswerTests
{
    private static readonly string[] Commands =
    [
        "AT", "ATE0", "AT+CMEE=", "AT+CPIN?", "AT+CREG?", "AT+CGATT?", "AT+CIPSHUT", "AT+CIPMUX=", "AT+CIPQSEND=", "AT+CIPRXGET=",
        "AT+CSTT=", "AT+CIICR", "AT+CIFSR", "AT+CIPSTART=", "AT+CIPSEND=",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> EachCommand => [.. Commands];

    /// <summary>A restart behind these is told to whoever connects.</summary>
    public static TheoryData<string> EachCommandOfTheBringUp => [.. Commands[..^2]];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(EachCommand))]
    public async Task A_command_that_is_lost_once_costs_seconds(string command) => await RunAsync(command, "mute", TimeSpan.FromSeconds(25));

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(EachCommand))]
    public async Task A_command_that_is_refused_once_without_a_cause_costs_seconds(string command) =>
        await RunAsync(command, "error", TimeSpan.FromSeconds(20));

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(EachCommandOfTheBringUp))]
    public async Task A_command_that_makes_the_modem_restart_costs_one_bring_up(string command) =>
        await RunAsync(command, "restart", TimeSpan.FromSeconds(60));

    [Theory(Timeout = 120_000)]
    [InlineData("slow-answers=2s", 90)]
    [InlineData("pin-without-result", 20)]
    [InlineData("pin-without-result=3", 20)]
    [InlineData("cstt-restart", 60)]
    [InlineData("send-limit=512", 20)]
    [InlineData("send-limit=100", 20)]
    [InlineData("accept-damaged", 20)]
    [InlineData("accept-damaged=3", 40)]
    [InlineData("short-accept=3", 20)]
    public async Task A_modem_that_is_out_of_the_ordinary_costs_seconds(string fault, int seconds) =>
        await RunAsync(fault, fault, TimeSpan.FromSeconds(seconds));

    [Theory(Timeout = 120_000)]
    [InlineData(null)]
    [InlineData("1234")]
    public async Task A_restart_while_the_network_is_searched_for_is_noticed(string? pin)
    {
        await using var world = new EchoWorld(options => options with { Pin = pin, Faults = FaultPlan.Parse("restart=AT+CREG?") });
        await using var modem = await world.OpenAsync(world.Options with { Pin = pin });
        await EchoAsync(world.Clock, modem, 698);
        Assert.InRange(world.Clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact(Timeout = 120_000)]
    public async Task Ready_lines_long_after_the_boot_are_no_restart_when_the_modem_knows_its_connections()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await EchoAsync(connection, 100);
        await Task.Delay(TimeSpan.FromMinutes(5), world.Clock, Ct);
        world.Sim.Inject(Fault.Parse("late-ready"));
        await Task.Delay(TimeSpan.FromSeconds(30), world.Clock, Ct);
        await EchoAsync(connection, 100);
        Assert.Equal(0, modem.RestartCount);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_PIN_that_a_card_has_refused_is_not_entered_again_by_the_next_instance()
    {
        await using var world = new EchoWorld(options => options with { Pin = "2468", Iccid = "8949201234567890246F" });
        var options = world.Options with { Pin = "1357" };
        var first = await Assert.ThrowsAsync<SimException>(() => world.OpenAsync(options));
        var second = await Assert.ThrowsAsync<SimException>(() => world.OpenAsync(options));
        Assert.Equal((2, 2), (first.TriesLeft, second.TriesLeft));
        Assert.Contains("before", second.Message, StringComparison.Ordinal);
        await using var modem = await world.OpenAsync(world.Options with { Pin = "2468" });
        Assert.Equal(1, world.Transcript.Split("AT+CPIN=").Length - 2);
    }

    private static async Task RunAsync(string what, string fault, TimeSpan bound)
    {
        var text = fault is "mute" or "error" or "restart" ? $"{fault}={what.TrimEnd('=')}" : fault;
        await using var world = new EchoWorld(options => options with { Faults = FaultPlan.Parse(what.EndsWith('=') || what.EndsWith('?') ? $"{fault}={what}" : text) });
        await using var modem = await world.OpenAsync();
        await EchoAsync(world.Clock, modem, 698);
        Assert.True(world.Clock.Elapsed <= bound, $"{what}: {world.Clock.Elapsed} with {fault}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{what} {fault}: {world.Clock.Elapsed}");
    }

    private static async Task EchoAsync(VirtualClock clock, CellularModem modem, int size)
    {
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        await EchoAsync(connection, size);
        await EchoAsync(connection, size);
        for (var wait = 0; wait < 300 && connection.SentBytes < 2 * size; wait++) // the confirmation may be later than the echo
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, Ct);
        }

        Assert.Equal(2L * size, connection.SentBytes);
    }

    /// <summary>Nothing is lost, and nothing comes twice.</summary>
    private static async Task EchoAsync(ModemTcpConnection connection, int size)
    {
        var sent = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, size).Select(at => (char)('a' + (at % 26)))));
        await connection.Output.WriteAsync(sent, Ct);
        var read = await connection.Input.ReadAtLeastAsync(size, Ct);
        Assert.Equal(sent, read.Buffer.ToArray());
        connection.Input.AdvanceTo(read.Buffer.End);
    }
}
