namespace Sim800.Simulator.Tests.Broker;

public sealed class KeepAliveTests
{
    private readonly FakeTimeProvider _clock = new();

    private LoopbackBroker InMemory() => LoopbackBroker.Start(
        new LoopbackBrokerOptions { Listen = false, TimeProvider = _clock, ConnectTimeout = TimeSpan.FromSeconds(10) });

    [Fact]
    public async Task A_silent_client_is_closed_after_one_and_a_half_keep_alives()
    {
        await using var broker = InMemory();
        await using var client = await RawClient.ConnectAsync(broker, "c", keepAlive: 20);
        await client.ExpectSilenceAsync();
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        await client.ExpectSilenceAsync();
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal(1, broker.Counters.OpenConnections);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(string.Empty, await client.ReceiveAsync());
        await client.Served;
        Assert.Equal(1, broker.Counters.TimedOut);
    }

    [Fact]
    public async Task Without_a_keep_alive_silence_is_allowed()
    {
        await using var broker = InMemory();
        await using var client = await RawClient.ConnectAsync(broker, "c", keepAlive: 0);
        await client.ExpectSilenceAsync();
        _clock.Advance(TimeSpan.FromDays(30));
        await client.ExpectSilenceAsync();
    }

    [Fact]
    public async Task A_client_that_never_connects_is_closed()
    {
        await using var broker = InMemory();
        await using var client = new RawClient(broker);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(string.Empty, await client.ReceiveAsync());
        await client.Served;
        Assert.Equal(1, broker.Counters.TimedOut);
    }
}
