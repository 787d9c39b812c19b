using Sim800.Mqtt.Tests.Composition;
using Sim800.Simulator;

namespace Sim800.Mqtt.Tests.Diagnostics;

/// <summary>A client whose bytes are counted by the day, on a virtual clock.</summary>
[Collection(VirtualTime.Name)]
public sealed class DataBudgetWatchTests
{
    private static readonly DateTimeOffset Noon = new(DateTime.UtcNow.Date.AddHours(12), TimeSpan.Zero);
    private static readonly TimeSpan Looked = TimeSpan.FromSeconds(6);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task What_the_client_counts_is_what_the_modem_carried()
    {
        using var clock = new VirtualClock(Noon);
        await using var rig = new Rig(clock);
        await using var client = await rig.ConnectAsync(With(rig, Sim800DataBudgetPolicy.Warn, 1000));
        await client.PublishAsync("t", new byte[500], MqttQoS.AtLeastOnce, cancellationToken: Token);

        var counters = rig.Modem.Counters;
        Assert.Equal(counters.TcpBytesSent + counters.TcpBytesReceived, client.BytesToday);

        await Task.Delay(TimeSpan.FromHours(12), clock, Token);
        Assert.Equal(0, client.BytesToday);
    }

    [Fact(Timeout = 120_000)]
    public async Task Messages_of_QoS_0_wait_for_the_next_day_and_others_go_on()
    {
        using var clock = new VirtualClock(Noon);
        await using var rig = new Rig(clock);
        await using var client = await rig.ConnectAsync(With(rig, Sim800DataBudgetPolicy.HoldAtMostOnce, 1000));
        await client.PublishAsync("t", new byte[1000], MqttQoS.AtLeastOnce, cancellationToken: Token);
        await Task.Delay(Looked, clock, Token);

        var held = client.PublishAsync("t", "0"u8.ToArray(), cancellationToken: Token).AsTask();
        await client.PublishAsync("t", "1"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);
        Assert.False(held.IsCompleted);
        await Task.Delay(TimeSpan.FromHours(11), clock, Token);
        Assert.False(held.IsCompleted);
        await held.WaitAsync(TimeSpan.FromHours(2), clock, Token);
        Assert.True(clock.Elapsed >= TimeSpan.FromHours(12), $"{clock.Elapsed}");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_client_that_drops_without_a_connection_drops_and_counts_what_is_held()
    {
        using var clock = new VirtualClock(Noon);
        await using var rig = new Rig(clock);
        await using var client = await rig.ConnectAsync(
            With(rig, Sim800DataBudgetPolicy.HoldAtMostOnce, 1) with { WhenOffline = MqttOfflinePolicy.Drop });
        await Task.Delay(Looked, clock, Token);
        await client.PublishAsync("t", "0"u8.ToArray(), cancellationToken: Token);
        Assert.Equal(1, client.Dropped);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_client_that_stops_says_until_when_and_comes_back_at_midnight()
    {
        using var clock = new VirtualClock(Noon);
        await using var rig = new Rig(clock);
        await using var client = await rig.ConnectAsync(With(rig, Sim800DataBudgetPolicy.Stop, 1000));
        await client.PublishAsync("t", new byte[1000], MqttQoS.AtLeastOnce, cancellationToken: Token);
        await WhenAsync(client, MqttClientState.Waiting);
        var status = client.Status;
        Assert.Equal(Noon.AddHours(12), Assert.IsType<MqttDataBudgetException>(status.Reason).Until);
        Assert.Equal(Noon.AddHours(12), status.NextAttempt);
        Assert.Equal(0, status.Failures);

        var later = client.PublishAsync("t", "1"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token).AsTask();
        await Task.Delay(TimeSpan.FromHours(11), clock, Token);
        Assert.Equal(1, client.Status.Connections);
        await later.WaitAsync(TimeSpan.FromHours(2), clock, Token);
        Assert.Equal(2, client.Status.Connections);
        Assert.True(clock.Elapsed >= TimeSpan.FromHours(12), $"{clock.Elapsed}");
    }

    private static Sim800MqttClientOptions With(Rig rig, Sim800DataBudgetPolicy policy, long bytes) => rig.Options with
    {
        DataBudget = new Sim800DataBudget { BytesPerDay = bytes, Policy = policy },
        Mqtt = rig.Options.Mqtt with { KeepAlive = TimeSpan.Zero },
    };

    private static async Task WhenAsync(Sim800MqttClient client, MqttClientState state)
    {
        await foreach (var status in client.WatchAsync(Token))
        {
            if (status.State == state)
            {
                return;
            }
        }
    }
}
