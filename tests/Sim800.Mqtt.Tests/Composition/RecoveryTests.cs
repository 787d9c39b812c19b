using Sim800.Modem;
using Sim800.Simulator;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>What costs seconds, and what ends the first connection.</summary>
[Collection(VirtualTime.Name)]
public sealed class RecoveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("error=AT+CIPSTART,1")]
    [InlineData("error=AT+CIPSTART,4")]
    [InlineData("error=AT+CIICR,1")]
    [InlineData("error=AT+CIICR,3")]
    [InlineData("error=AT+CSTT,1")]
    [InlineData("error=AT+CIFSR,1")]
    [InlineData("error=AT+CIPSHUT,1")]
    [InlineData("cstt-restart=1")]
    [InlineData("restart=AT+CIICR,1")]
    [InlineData("restart=AT+CIPSTART,1")]
    [InlineData("restart=AT+CSTT,1")]
    public async Task The_first_connection_comes_about_within_a_minute_in_spite_of(string fault)
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, Rig.Fast with { Faults = FaultPlan.Parse(fault) });

        await using var client = await rig.ConnectAsync(rig.Options with { Reconnect = new Sim800ReconnectOptions() });

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("error=AT+CIPSTART,1", 15)]
    [InlineData("error=AT+CIPSTART,3", 30)]
    [InlineData("lose-host-byte=3", 60)]
    [InlineData("lose-byte=3", 60)]
    public async Task A_lost_connection_is_back_within_seconds_in_spite_of(string fault, int seconds)
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        await using var client = await rig.ConnectAsync(rig.Options with { Reconnect = new Sim800ReconnectOptions() });
        var lost = clock.Elapsed;
        rig.Modem.Inject(Fault.Parse(fault));
        rig.Modem.Inject(Fault.Parse("remote-close"));

        await client.WatchAsync(Token).FirstAsync(status => status is { State: MqttClientState.Connected, Connections: 2 }, Token);

        Assert.InRange(clock.Elapsed - lost, TimeSpan.Zero, TimeSpan.FromSeconds(seconds));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_first_connection_is_tried_until_its_time_is_over_and_then_the_last_reason_is_told()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        var options = rig.Options with { Port = 4711, ConnectTimeout = TimeSpan.FromSeconds(40), Reconnect = new Sim800ReconnectOptions() };

        await Assert.ThrowsAsync<TcpConnectException>(() => rig.ConnectAsync(options));

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(41));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_first_attempt_that_takes_too_long_is_told_with_the_stage_it_came_to()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, Rig.Fast with { Faults = FaultPlan.Parse("connect-never") });

        var failure = await Assert.ThrowsAsync<MqttConnectTimeoutException>(
            () => rig.ConnectAsync(rig.Options with { ConnectTimeout = TimeSpan.FromSeconds(30) }));

        Assert.Equal((TimeSpan.FromSeconds(30), Sim800Stage.Tcp), (failure.Timeout, failure.Stage));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("1s")]
    [InlineData("2500ms")]
    [InlineData("6s")]
    public async Task A_device_that_was_open_and_goes_is_looked_for_every_second(string gone)
    {
        using var folder = new TemporaryFolder();
        await using var rig = new Rig();
        await using var modem = OnDevice(rig, folder);
        await using var client = await Sim800MqttClient.ConnectAsync(folder.Link, AtDeviceSpeed(rig), Token);

        modem.Inject(Fault.Parse($"device-gone={gone}"));

        var seen = new List<MqttClientStatus>();
        await foreach (var status in client.WatchAsync(Token))
        {
            seen.Add(status);
            if (status.Connections == 2)
            {
                break;
            }
        }

        var waiting = seen.Where(status => status.State is MqttClientState.Waiting).ToList();
        Assert.NotEmpty(waiting);
        Assert.All(waiting, status => Assert.Equal((MqttFailureClass.Transient, TimeSpan.FromSeconds(1)), (status.Failure, status.RetryAfter)));
        Assert.All(waiting, status => Assert.Equal("Line", status.Stage));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_device_that_is_missing_at_the_start_is_looked_for_and_that_is_said()
    {
        using var folder = new TemporaryFolder();
        await using var rig = new Rig();
        await using var client = Sim800MqttClient.Start(folder.Link, AtDeviceSpeed(rig));

        var waiting = await client.WatchAsync(Token).FirstAsync(status => status.State is MqttClientState.Waiting, Token);
        Assert.Equal(SerialPortReason.NotFound, Assert.IsType<SerialPortException>(waiting.Reason).Reason);
        Assert.Equal(waiting.Since + TimeSpan.FromSeconds(1), waiting.NextAttempt);

        await using var modem = OnDevice(rig, folder);
        await client.WhenConnectedAsync(Token);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_device_that_never_comes_ends_an_attempt_with_its_time()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        using var folder = new TemporaryFolder();

        var failure = await Assert.ThrowsAsync<SerialPortException>(() => Sim800MqttClient.ConnectAsync(
            folder.Link, new Sim800MqttClientOptions { Host = "h", TimeProvider = clock, ConnectTimeout = TimeSpan.FromSeconds(20) }, Token));

        Assert.Equal(SerialPortReason.NotFound, failure.Reason);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(18), TimeSpan.FromSeconds(21));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_401)]
    public void A_time_for_the_first_connection_that_is_none_is_refused(int seconds) => Assert.Throws<ArgumentOutOfRangeException>(
        () => Sim800MqttClient.Start("x", new Sim800MqttClientOptions { Host = "h", ConnectTimeout = TimeSpan.FromSeconds(seconds) }));

    private static Sim800MqttClientOptions AtDeviceSpeed(Rig rig) => rig.Options with { Modem = rig.Options.Modem with { BaudRate = 115_200 } };

    private static VirtualModem OnDevice(Rig rig, TemporaryFolder folder) =>
        VirtualModem.OnPseudoTerminal(Rig.Fast with { BaudRate = 115_200, Network = rig.Network }, folder.Link);

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-recovery-");

        internal string Link => Path.Combine(_folder.FullName, "modem");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
