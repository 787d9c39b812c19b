using Sim800.Modem;
using Sim800.Simulator;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>Publishing while there is no connection.</summary>
[Collection(VirtualTime.Name)]
public sealed class OfflineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Before_the_first_connection_everything_waits_and_then_arrives()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        await using var client = Sim800MqttClient.Start(rig.Modem.Line, rig.Options);
        Assert.Equal(MqttClientState.Connecting, client.Status.State);

        var zero = client.PublishAsync("t", "zero"u8.ToArray(), cancellationToken: Token).AsTask();
        var one = client.PublishAsync("t", "one"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token).AsTask();
        var commands = client.SubscribeAsync("c", cancellationToken: Token);
        await Task.WhenAll(zero, one, commands);
        await client.PublishAsync("t", "two"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: Token);

        Assert.Equal(["one", "two", "zero"], rig.Received.Keys.Order(StringComparer.Ordinal));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(true, MqttClientState.Closed)]
    [InlineData(false, MqttClientState.Waiting)]
    public async Task A_first_failure_that_may_pass_ends_a_begun_client_only_where_it_is_to_fail_fast(bool failFast, MqttClientState then)
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        await using var client = Sim800MqttClient.Start(
            rig.Modem.Line, rig.Options with { Port = 1, Reconnect = new Sim800ReconnectOptions { FailFast = failFast } });

        await foreach (var status in client.WatchAsync(Token))
        {
            if (status.Reason is { } reason)
            {
                Assert.IsType<TcpConnectException>(reason);
                Assert.Equal(then, status.State);
                return;
            }
        }

        Assert.Fail("the client ended without a reason");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_message_of_QoS_0_that_is_not_worth_the_wait_is_dropped_and_counted()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        await using var client = Sim800MqttClient.Start(rig.Modem.Line, rig.Options with { WhenOffline = MqttOfflinePolicy.Drop });

        await client.PublishAsync("t", "dropped"u8.ToArray(), cancellationToken: Token);
        await client.WhenConnectedAsync(Token);
        await client.PublishAsync("t", "sent"u8.ToArray(), cancellationToken: Token);
        await client.PublishAsync("t", "last"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);

        Assert.Equal(1, client.Dropped);
        Assert.Equal(["last", "sent"], rig.Received.Keys.Order(StringComparer.Ordinal));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttOfflinePolicy.Wait)]
    [InlineData(MqttOfflinePolicy.Drop)]
    public async Task A_topic_that_is_none_is_told_at_once_also_without_a_connection(MqttOfflinePolicy whenOffline)
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        await using var client = Sim800MqttClient.Start("/dev/no-such-device", rig.Options with { WhenOffline = whenOffline });

        await Assert.ThrowsAsync<ArgumentException>(async () => await client.PublishAsync("t/#", "", cancellationToken: Token));

        Assert.Equal(0, client.Dropped);
    }

    [Fact(Timeout = 120_000)]
    public async Task Waiting_for_a_connection_ends_with_the_callers_patience()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        await using var client = Sim800MqttClient.Start(rig.Modem.Line, rig.Options);
        using var impatient = new CancellationTokenSource();
        var publishing = client.PublishAsync("t", "", cancellationToken: impatient.Token).AsTask();

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_reconnecting_the_end_of_the_connection_is_the_end_of_the_client()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        await using var client = await rig.ConnectAsync(rig.Options with { Reconnect = rig.Options.Reconnect with { Enabled = false } });
        await using var subscription = await client.SubscribeAsync("c", cancellationToken: Token);

        rig.Broker.DropConnections();

        var reason = await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion.WaitAsync(Token));
        var closed = await Assert.ThrowsAsync<MqttClosedException>(
            async () => await client.PublishAsync("t", "", MqttQoS.AtLeastOnce, cancellationToken: Token));
        Assert.Same(reason, closed.InnerException);
        await Assert.ThrowsAsync<MqttClosedException>(async () => await subscription.ReadAsync(Token));
        Assert.Same(reason, client.Status.Reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_first_attempt_that_fails_for_a_passing_reason_is_tried_again()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        var attempts = 0;
        rig.Serve(1883, async (pipe, cancellationToken) =>
        {
            if (++attempts > 2)
            {
                await rig.Broker.ServeAsync(pipe, cancellationToken);
            }
        });
        await using var client = Sim800MqttClient.Start(rig.Modem.Line, rig.Options);

        await client.PublishAsync("t", "patience"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);

        Assert.Equal(3, attempts);
        Assert.Single(rig.Received);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_first_attempt_that_somebody_has_to_mend_ends_the_client()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, broker: new LoopbackBrokerOptions { UserName = "u", Password = "p" });
        await using var client = Sim800MqttClient.Start(rig.Modem.Line, rig.Options);
        var publishing = client.PublishAsync("t", "", MqttQoS.AtLeastOnce, cancellationToken: Token).AsTask();

        await Assert.ThrowsAsync<MqttConnectRefusedException>(() => client.WhenConnectedAsync(Token));

        var closed = await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
        Assert.IsType<MqttConnectRefusedException>(closed.InnerException);
        Assert.Equal(1, rig.Broker.Counters.Connections);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refused_PIN_is_never_entered_again()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, Rig.Fast with { Pin = "1234" });
        await using var client = Sim800MqttClient.Start(
            rig.Modem.Line, rig.Options with { Modem = rig.Options.Modem with { Pin = "9999" } });

        await Assert.ThrowsAsync<Modem.SimException>(() => client.WhenConnectedAsync(Token));
        await Task.Delay(TimeSpan.FromHours(1), clock, Token);

        Assert.Equal(MqttClientState.Closed, client.Status.State);
    }
}
