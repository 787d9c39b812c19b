using System.Globalization;
using TestKit.Hostile;

namespace EndToEnd.Tests;

/// <summary>A server that answers a message of QoS 2 with PUBACK, as RabbitMQ's MQTT plugin did up to version 3.</summary>
public sealed class OneSidedBrokerTests
{
    [Fact]
    public async Task Pub_ends_with_1_and_the_reason_within_a_bound()
    {
        var published = 0;
        await using var broker = ScriptedBroker.Listen(packet => Answer(packet, () => Interlocked.Increment(ref published)));
        await using var modem = TestModem.Start(string.Create(CultureInfo.InvariantCulture, $"broker.test:1883=127.0.0.1:{broker.Port}"));

        await using var pub = ProgramRun.StartOurs("sim800", ["pub", "--device", modem.DevicePath, "-h", "broker.test", "-p", "1883", "-t", "a", "-m", "x", "-q", "2"]);

        Assert.Equal(1, await pub.ExitCodeAsync());
        Assert.Contains("-q 1", pub.Error, StringComparison.Ordinal);
        Assert.InRange(published, 1, 5);
    }

    private static byte[] Answer(byte[] packet, Action onPublished)
    {
        switch (ScriptedBroker.TypeOf(packet))
        {
            case 1:
                return [.. ScriptedBroker.Accepted];
            case 3:
                onPublished();
                var at = 4 + packet[3]; // behind the topic
                return [0x40, 2, packet[at], packet[at + 1]];
            default:
                return [];
        }
    }
}
