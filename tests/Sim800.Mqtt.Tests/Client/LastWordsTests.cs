using Sim800.Mqtt.Packets;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>A server that says something and closes, while our next write already fails.</summary>
public sealed class LastWordsTests
{
    private static readonly IOException Reset = new("reset by peer");

    /// <summary>Its time stands still, so that no slow test is given up.</summary>
    private static MqttClientOptions Patient => new() { ClientId = "c", TimeProvider = new ManualTimeProvider() };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(MqttConnectReturnCode.BadUserNameOrPassword)]
    [InlineData(MqttConnectReturnCode.NotAuthorized)]
    public async Task A_refusal_is_told_although_the_write_behind_it_failed_first(MqttConnectReturnCode code)
    {
        var line = new BrokenLine { Failure = Reset };
        var connecting = MqttClient.ConnectAsync(line, Patient, Ct);
        await line.Broken;
        await line.SayAsync(Wire.Bytes(new ConnAckPacket(SessionPresent: false, code).Write));
        await line.HangUpAsync();

        var refusal = await Assert.ThrowsAsync<MqttConnectRefusedException>(() => connecting);

        Assert.Equal(code, refusal.ReturnCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_acknowledgement_that_came_before_the_failure_counts()
    {
        var line = new BrokenLine();
        var client = await ConnectAsync(line, Patient);
        var publishing = client.PublishAsync("a", "x"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        await client.FlushAsync(Ct);
        line.Failure = Reset;
        await client.PublishAsync("a", "y"u8.ToArray(), cancellationToken: Ct);
        await line.Broken;

        await line.SayAsync(Wire.Parse("40 02 00 01"));
        await publishing;
        await line.HangUpAsync();

        Assert.Equal(MqttLinkFailure.ClosedByPeer, (await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion)).Failure);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_says_nothing_more_is_heard_out_for_a_bounded_time()
    {
        var clock = new ManualTimeProvider();
        var line = new BrokenLine();
        var options = new MqttClientOptions { ClientId = "c", TimeProvider = clock, KeepAlive = TimeSpan.Zero };
        var client = await ConnectAsync(line, options with { ResponseTimeout = TimeSpan.FromDays(20) });
        line.Failure = Reset;
        await client.PublishAsync("a", "y"u8.ToArray(), cancellationToken: Ct);
        await line.Broken;
        Assert.False(client.Completion.IsCompleted);

        await clock.PassAsync(options.DisconnectTimeout, Ct);
        var ended = await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);
        Assert.Equal(MqttLinkFailure.TransportFailed, ended.Failure);
        Assert.Same(Reset, ended.InnerException);
        await client.DisposeAsync();
    }

    private static async Task<MqttClient> ConnectAsync(BrokenLine line, MqttClientOptions options)
    {
        var connecting = MqttClient.ConnectAsync(line, options, Ct);
        await line.SayAsync(Wire.Bytes(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write));
        return await connecting;
    }
}
