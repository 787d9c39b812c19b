using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Tests.Conformance;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>The deadlines of a connection, in virtual time.</summary>
public sealed class LivenessTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private MqttClientOptions Options => new() { ClientId = "c", TimeProvider = _clock, KeepAlive = TimeSpan.FromSeconds(60) };

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-3.1.2-23")]
    [Statement("MQTT-3.12.4-1")]
    public async Task An_idle_client_pings_and_lives_on_the_answers()
    {
        var (client, peer) = await Peer.ConnectAsync(Options);
        for (var minute = 0; minute < 10; minute++)
        {
            _clock.Advance(TimeSpan.FromSeconds(54));
            await peer.ExpectAsync(PacketType.PingReq);
            await peer.PongAsync();
            await peer.HandledAsync(client);
        }

        Assert.False(client.Completion.IsCompleted);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-3.12.4-1")]
    public async Task A_server_that_does_not_answer_a_ping_is_given_up_at_one_and_a_half_times_the_keep_alive()
    {
        var (client, peer) = await Peer.ConnectAsync(Options);
        _clock.Advance(TimeSpan.FromSeconds(54));
        await peer.ExpectAsync(PacketType.PingReq);
        _clock.Advance(TimeSpan.FromSeconds(35.9));
        Assert.False(client.Completion.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        var e = await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);
        Assert.Equal(MqttLinkFailure.KeepAliveExpired, e.Failure);
        Assert.Contains("90 s", e.Message, StringComparison.Ordinal);
        Assert.Null(await peer.TryReadAsync());
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Publishing_all_the_time_does_not_hide_that_nothing_comes_back()
    {
        var (client, peer) = await Peer.ConnectAsync(Options);
        var seconds = 0;
        var pings = 0;
        while (!client.Completion.IsCompleted)
        {
            await client.PublishAsync("a", new byte[10], cancellationToken: Ct);
            await client.FlushAsync(Ct);
            pings += (await peer.ReadAsync()).Type == PacketType.PingReq ? 1 : 0;
            _clock.Advance(TimeSpan.FromSeconds(1));
            seconds++;
            if (seconds >= 90)
            {
                break;
            }
        }

        await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);
        Assert.Equal(90, seconds);
        Assert.Equal(1, pings);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_pongs_but_never_acknowledges_is_given_up()
    {
        var (client, peer) = await Peer.ConnectAsync(Options with { KeepAlive = TimeSpan.Zero, ResponseTimeout = TimeSpan.FromSeconds(30) });
        var publishing = client.PublishAsync("a", new byte[10], MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        await peer.ExpectPublishAsync();
        await client.FlushAsync(Ct);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await peer.PongAsync();
        await peer.HandledAsync(client);
        _clock.Advance(TimeSpan.FromSeconds(30));
        var e = await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);
        Assert.Equal(MqttLinkFailure.NoAnswer, e.Failure);
        await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_transport_that_takes_nothing_is_given_up_even_without_a_keep_alive()
    {
        var stuck = new StuckLine();
        var client = await stuck.ConnectAsync(
            Options with { KeepAlive = TimeSpan.Zero, ResponseTimeout = TimeSpan.FromSeconds(30) });
        stuck.IsStuck = true;
        await client.PublishAsync("a", new byte[10], cancellationToken: Ct);
        var disconnecting = client.DisconnectAsync(Ct);
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(disconnecting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        while (!disconnecting.IsCompleted)
        {
            _clock.AdvanceToNextTimer();
            await Task.Yield();
        }

        var e = await Assert.ThrowsAsync<MqttClosedException>(() => disconnecting);
        Assert.Equal(MqttLinkFailure.Stalled, Assert.IsType<MqttLinkException>(e.InnerException).Failure);
        Assert.Same(e.InnerException, await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_a_keep_alive_an_idle_client_waits_for_ever_and_sends_nothing()
    {
        var (client, peer) = await Peer.ConnectAsync(Options with { KeepAlive = TimeSpan.Zero });
        _clock.Advance(TimeSpan.FromDays(30));
        Assert.False(client.Completion.IsCompleted);
        await client.DisposeAsync();
        Assert.Equal(PacketType.Disconnect, (await peer.ReadAsync()).Type);
    }

    [Fact(Timeout = 120_000)]
    public async Task After_the_end_no_timer_is_left()
    {
        var (client, peer) = await Peer.ConnectAsync(Options);
        await peer.CloseAsync();
        await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);
        await client.DisposeAsync();
        await _clock.DisarmedAsync(Ct);
    }
}
