using System.Buffers;
using System.Text;
using Sim800.Simulator;

namespace Sim800.Modem.Tests.Virtual;

/// <summary>Every fault of the virtual modem: whatever goes wrong, the stream stays whole or ends, and the next connection works.</summary>
public sealed class FaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("boot-urcs-in-answer=3")]
    [InlineData("network-time-in-answer=9")]
    [InlineData("deact-in-shut")]
    [InlineData("not-attached=3")]
    [InlineData("slow-answers=2s")]
    [InlineData("registration-lost=20s")]
    public async Task The_bring_up_takes_it(string fault)
    {
        await using var world = new EchoWorld(options => options with { Faults = FaultPlan.Parse(fault) });
        await using var modem = await world.OpenAsync();
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        Assert.Equal(3, await EchoAsync(connection, turns: 3));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("network-time-in-answer=20")]
    [InlineData("repeated-receive-notice=20")]
    [InlineData("urc-before-read-final=20")]
    [InlineData("urc-before-confirmation=20")]
    [InlineData("slow-send=3s")]
    [InlineData("slow-answers=2s")]
    [InlineData("missing-receive-notice=20")]
    [InlineData("short-accept=20")]
    [InlineData("incoming-message")]
    [InlineData("incoming-call=3")]
    [InlineData("under-voltage")]
    public async Task A_connection_takes_it_and_loses_nothing(string fault)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        world.Sim.Inject(Fault.Parse(fault));
        Assert.Equal(10, await EchoAsync(connection, turns: 10));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("echo-back")]
    [InlineData("send-fail")]
    [InlineData("remote-close")]
    [InlineData("closed-in-send")]
    [InlineData("pdp-deact=30s")]
    [InlineData("reboot")]
    [InlineData("mux-lost")]
    [InlineData("byte-loss=0.0002")]
    [InlineData("truncated-read")]
    [InlineData("prompt-lost")]
    [InlineData("brown-out")]
    [InlineData("registration-lost=30s")]
    [InlineData("hang=60s")]
    [InlineData("late-connect-fail=75s")]
    public async Task A_connection_may_end_but_the_next_ones_work(string fault)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
        world.Sim.Inject(Fault.Parse(fault));
        var turns = await EchoAsync(connection, turns: 20);
        await connection.DisposeAsync();
        for (var attempt = 0; turns < 100 && attempt < 60; attempt++)
        {
            turns += await TryEchoAsync(modem, 20);
        }

        Assert.True(turns >= 60, $"only {turns} turns");
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ModemReceiveMode.Manual)]
    [InlineData(ModemReceiveMode.Push)]
    [InlineData(ModemReceiveMode.Transparent)]
    public async Task A_modem_that_connects_no_more_is_restarted(ModemReceiveMode receiveMode)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { ReceiveMode = receiveMode });
        world.Sim.Inject(Fault.Parse("connect-never"));
        var turns = 0;
        for (var attempt = 0; turns == 0 && attempt < 12; attempt++)
        {
            turns = await TryEchoAsync(modem, 20);
        }

        Assert.Equal(20, turns);
        Assert.Equal(1, modem.RecoveryCount(ModemRecoveryRung.Restart));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("hang=100h", true)]
    [InlineData("hang=100h", false)]
    [InlineData("power-down", true)]
    [InlineData("power-down", false)]
    public async Task A_modem_that_answers_nothing_comes_back_by_its_pins(string fault, bool hasReset)
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync(world.Options with { Power = new Pins(world, hasReset) });
        world.Sim.Inject(Fault.Parse(fault));
        var turns = 0;
        for (var attempt = 0; turns == 0 && attempt < 12; attempt++)
        {
            turns = await TryEchoAsync(modem, 20);
        }

        Assert.Equal(20, turns);
    }

    /// <summary>Nothing tells an altered byte of payload from a right one: only that it all goes on is promised.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Altered_bytes_throw_only_what_is_documented_and_never_hang()
    {
        await using var world = new EchoWorld();
        await using var modem = await world.OpenAsync();
        world.Sim.Inject(Fault.Parse("garble=0.003"));
        for (var attempt = 0; attempt < 40; attempt++)
        {
            try
            {
                await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
                using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5), world.Clock);
                await connection.Output.WriteAsync(new byte[500], patience.Token);
                await connection.Input.ReadAtLeastAsync(500, patience.Token);
            }
            catch (Exception e) when (e is ModemException or OperationCanceledException)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{e.GetType().Name}: {e.Message}");
            }
        }
    }

    private static async Task<int> TryEchoAsync(CellularModem modem, int turns)
    {
        try
        {
            await using var connection = await modem.ConnectTcpAsync(EchoWorld.Host, 7, Ct);
            return await EchoAsync(connection, turns);
        }
        catch (ModemException e)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{e.GetType().Name}: {e.Message}");
            return 0;
        }
    }

    /// <returns>How many messages came back whole before the connection ended.</returns>
    private static async Task<int> EchoAsync(ModemTcpConnection connection, int turns)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            var sent = Encoding.ASCII.GetBytes(new string((char)('a' + turn), 300) + "\r\nOK\r\n0, CLOSED\r\n> ");
            try
            {
                await connection.Output.WriteAsync(sent, Ct);
                var result = await connection.Input.ReadAtLeastAsync(sent.Length, Ct);
                var received = result.Buffer.ToArray();
                connection.Input.AdvanceTo(result.Buffer.End);
                if (!received.AsSpan().SequenceEqual(sent.AsSpan(0, received.Length)))
                {
                    // Lost on the way out: the modem fills its payload with what comes next, and that is what the peer got and sent back.
                    var end = await Assert.ThrowsAsync<TcpLinkException>(async () => await connection.Input.ReadAsync(Ct));
                    Assert.Equal(TcpLinkReason.NoAnswer, end.Reason);
                    return turn;
                }

                if (received.Length < sent.Length)
                {
                    return turn;
                }
            }
            catch (TcpLinkException e)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"after {turn} turns: {e.Reason} {e.Answer}");
                return turn;
            }
        }

        return turns;
    }

    private sealed class Pins(EchoWorld world, bool hasReset) : IModemPowerControl
    {
        public async ValueTask PressPowerKeyAsync(TimeSpan duration, CancellationToken cancellationToken)
        {
            await Task.Delay(duration, world.Clock, cancellationToken);
            world.Sim.PressPowerKey(duration);
        }

        public ValueTask<bool> ResetAsync(CancellationToken cancellationToken)
        {
            if (hasReset)
            {
                world.Sim.Reset();
            }

            return ValueTask.FromResult(hasReset);
        }
    }
}
