using Sim800.Simulator;

namespace Sim800.Mqtt.Tests.Composition;

[Collection(VirtualTime.Name)]
public sealed class ReconnectLeakTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task Thousands_of_reconnects_leave_no_memory_behind()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock);
        var connections = 0;
        rig.Serve(1883, async (pipe, cancellationToken) =>
        {
            connections++;
            var connect = await pipe.Input.ReadAsync(cancellationToken);
            pipe.Input.AdvanceTo(connect.Buffer.End);
            await pipe.Output.WriteAsync(new byte[] { 0x20, 0x02, 0, 0 }, cancellationToken);
        });
        await using var client = Sim800MqttClient.Start(
            rig.Modem.Line,
            rig.Options with
            {
                Mqtt = rig.Options.Mqtt with { CleanSession = true },
                Reconnect = new Sim800ReconnectOptions { LongestDelay = TimeSpan.FromSeconds(1), StableAfter = TimeSpan.Zero },
                Modem = rig.Options.Modem with { Recovery = new Modem.ModemRecoveryOptions { Highest = Modem.ModemRecoveryRung.Reopen } },
            });

        await WhenAsync(client, 500);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await WhenAsync(client, 2_500);
        var after = GC.GetTotalMemory(forceFullCollection: true);

        Assert.True(connections >= 2_500);
        Assert.True(after - before < 200 * 1024, $"2,000 reconnects have left {after - before} bytes");
    }

    private static async Task WhenAsync(Sim800MqttClient client, long connections)
    {
        await foreach (var status in client.WatchAsync(Token))
        {
            if (status.Connections >= connections)
            {
                return;
            }
        }
    }
}
