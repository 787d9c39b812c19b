using System.Buffers;
using Sim800.Mqtt;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Tests;
using TestKit;
using TestKit.Hostile;

namespace Sim800.Fuzz;

/// <summary>A whole client and a server that says anything: it ends with a reason, and nobody is left waiting.</summary>
internal sealed class MqttClientTarget : FuzzTarget
{
    internal override string Name => "mqtt-client";

    internal override int Inputs => 500;

    internal override IReadOnlyList<string> Secrets { get; } = [MqttGrammar.Payload];

    internal override bool IsTyped(Exception exception) => exception is MqttException;

    internal override IEnumerable<byte[]> Made() =>
    [
        Wire.Bytes(output =>
        {
            new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write(output);
            new SubAckPacket(1, new byte[] { 1 }).Write(output);
            Publish("a/b", MqttQoS.AtMostOnce, 0).Write(output);
            Publish("a/c", MqttQoS.AtLeastOnce, 1).Write(output);
            Publish("x", MqttQoS.ExactlyOnce, 2).Write(output);
            new AckPacket(PacketType.PubRel, 2).Write(output);
            new AckPacket(PacketType.PubAck, 2).Write(output);
            new AckPacket(PacketType.PubRec, 3).Write(output);
            new AckPacket(PacketType.PubComp, 3).Write(output);
            new EmptyPacket(PacketType.PingResp).Write(output);
            Publish("a/" + new string('d', 200), MqttQoS.AtLeastOnce, 3).Write(output);
        }),
    ];

    internal override byte[] Generate(Dice dice)
    {
        var output = new ArrayBufferWriter<byte>();
        new ConnAckPacket(dice.OneIn(2), MqttConnectReturnCode.Accepted).Write(output);
        for (var packets = dice.Small(0, 20); packets > 0; packets--)
        {
            MqttGrammar.WriteOfServer(output, dice);
        }

        return output.WrittenSpan.ToArray();
    }

    internal override async ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var log = new LogLines();
        var (peer, line) = ScriptedBroker.InMemory();
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "c", SendBeforeConnAck = true, LoggerFactory = log });
        var subscribing = client.SubscribeAsync("a/+", MqttQoS.AtLeastOnce, cancellationToken);
        var publishing = new[] { MqttQoS.AtLeastOnce, MqttQoS.ExactlyOnce }
            .Select(qos => client.PublishAsync("up", MqttGrammar.Payload, qos, cancellationToken: cancellationToken).AsTask()).ToArray();
        var attaching = client.AttachAsync(line, cancellationToken);
        var start = 0;
        foreach (var length in new Dice((ulong)input.Length).Pieces(input.Length))
        {
            await peer.SendAsync(input.AsMemory(start, length), cancellationToken);
            start += length;
        }

        await peer.CloseAsync();
        var reason = await EndOfAsync(attaching).WaitAsync(Patience, cancellationToken);
        await client.DisposeAsync().AsTask().WaitAsync(Patience, cancellationToken);
        foreach (var waiting in publishing.Append(subscribing))
        {
            await waiting.WaitAsync(Patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!waiting.IsCompletedSuccessfully && waiting.Exception?.InnerException is not MqttException)
            {
                throw new BrokenPropertyException($"{waiting.Status}: {waiting.Exception}");
            }
        }

        TextRules.Check(log.All, Secrets);
        if (reason is not null)
        {
            throw reason;
        }
    }

    private static async Task<Exception?> EndOfAsync(Task<Sim800.Mqtt.Client.MqttConnection> attaching)
    {
        try
        {
            var connection = await attaching;
            return await connection.Closed;
        }
        catch (MqttException e)
        {
            return e;
        }
    }

    private static PublishPacket Publish(string topic, MqttQoS qos, ushort id) =>
        new(topic, new ReadOnlySequence<byte>("payload"u8.ToArray()), qos, Retain: false, Duplicate: false, id);
}
