using Sim800.Simulator;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>A modem that confirms every send late, on a link with much to carry both ways.</summary>
[Collection(VirtualTime.Name)]
public sealed class SlowSendTests
{
    private const int Waiting = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_answer_to_CONNECT_does_not_wait_behind_the_sends()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, Rig.Fast with { RoundTripTime = TimeSpan.FromMilliseconds(600) }, new LoopbackBrokerOptions { Tls = true });
        await using var client = await rig.ConnectAsync();
        var subscription = await client.SubscribeAsync("down/#", MqttQoS.AtLeastOnce, cancellationToken: Token);
        rig.Modem.Inject(Fault.Parse("slow-send=10s"));
        rig.Modem.Inject(Fault.Parse("no-network"));
        rig.Modem.Inject(Fault.Parse("reboot"));
        rig.Broker.DropConnections();
        Array.ForEach([.. Enumerable.Range(0, Waiting)], number => rig.Broker.Publish($"down/{number}", new byte[400], 1));
        var publishing = Enumerable.Range(0, Waiting)
            .Select(number => client.PublishAsync($"up/{number}", new byte[400], MqttQoS.AtLeastOnce, false, Token).AsTask()).ToArray();
        await Task.Delay(TimeSpan.FromMinutes(2), clock, Token);
        Assert.NotEqual(MqttClientState.Connected, client.Status.State);

        var reasons = new List<string?>();
        var before = client.Status.Connections;
        rig.Modem.Mend(FaultKind.NoNetwork);
        await foreach (var status in client.WatchAsync(Token))
        {
            reasons.Add(status.Reason?.Message);
            if (status.State == MqttClientState.Connected)
            {
                break;
            }
        }

        Assert.DoesNotContain(reasons, reason => reason?.Contains("CONNECT", StringComparison.Ordinal) == true);
        await Task.WhenAll(publishing);
        for (var number = 0; number < Waiting; number++)
        {
            Assert.Equal($"down/{number}", (await subscription.ReadAsync(Token)).Topic);
        }

        Assert.Equal(before + 1, client.Status.Connections);
    }
}
