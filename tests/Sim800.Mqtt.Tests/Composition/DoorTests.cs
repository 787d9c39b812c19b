using Sim800.Modem;
using Sim800.Mqtt.WebSockets;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>Each way into the client.</summary>
public sealed class DoorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_stream_will_do_for_a_serial_line()
    {
        await using var rig = new Rig();
        await using var client = await Sim800MqttClient.ConnectAsync(new TransportStream(rig.Modem.Line), rig.Options, Token);

        await client.PublishAsync("t", "x"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);

        Assert.Single(rig.Received);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_client_can_be_begun_on_an_open_modem()
    {
        await using var rig = new Rig();
        await using var modem = await CellularModem.OpenAsync(rig.Modem.Line, rig.Options.Modem, Token);
        await using var client = Sim800MqttClient.Start(modem, rig.Options);

        await client.PublishAsync("t", "x"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);

        Assert.Single(rig.Received);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_client_begun_on_a_device_that_is_not_there_keeps_trying_or_ends_with_that_reason()
    {
        await using var client = Sim800MqttClient.Start("/dev/no-such-device", new Sim800MqttClientOptions { Host = "h" });

        await foreach (var status in client.WatchAsync(Token))
        {
            if (status.Reason is { } reason)
            {
                Assert.IsType<SerialPortException>(reason);
                Assert.Null(client.Modem);
                return;
            }
        }

        Assert.Fail("the client ended without a reason");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_handler_gets_the_messages_and_may_publish()
    {
        await using var rig = new Rig();
        await using var client = await rig.ConnectAsync();
        await using var answers = await client.SubscribeAsync("answers", MqttQoS.AtMostOnce, Token);
        await using var questions = await client.SubscribeAsync(
            "questions",
            async (message, cancellationToken) =>
                await client.PublishAsync("answers", message.Payload, MqttQoS.AtLeastOnce, cancellationToken: cancellationToken),
            Token);

        rig.Broker.Publish("questions", "why"u8.ToArray(), 1);

        Assert.Equal("why", (await answers.ReadAsync(Token)).PayloadText);
    }

    [Fact(Timeout = 120_000)]
    public async Task More_than_fits_waits_for_room_and_arrives()
    {
        await using var rig = new Rig();
        await using var client = await rig.ConnectAsync();
        var large = new byte[4000];

        for (var number = 0; number < 50; number++)
        {
            large[0] = (byte)('0' + number);
            await client.PublishAsync("t", large, cancellationToken: Token);
        }

        await client.PublishAsync("t", "last"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);

        Assert.Equal(51, rig.Received.Count);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_steady_publish_of_QoS_0_allocates_nothing_on_its_way_to_the_session()
    {
        await using var rig = new Rig();
        await using var client = await rig.ConnectAsync();
        ReadOnlyMemory<byte> payload = new byte[16];
        for (var warmUp = 0; warmUp < 20; warmUp++)
        {
            await PublishManyAsync(client, payload);
        }

        var least = long.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var publishing = client.PublishAsync("topic", payload, cancellationToken: Token);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            await publishing;
            await client.FlushAsync(Token);
        }

        Assert.Equal(0, least);
    }

    private static async Task PublishManyAsync(Sim800MqttClient client, ReadOnlyMemory<byte> payload)
    {
        for (var number = 0; number < 50; number++)
        {
            await client.PublishAsync("topic", payload, cancellationToken: Token);
        }

        await client.FlushAsync(Token);
    }
}
