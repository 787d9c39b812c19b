using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

public sealed class HostileServerTests(ITestOutputHelper output)
{
    private const int Rounds = 400;

    private static readonly byte[] Conversation = Wire.Bytes(output =>
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
    });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Whatever_a_server_sends_the_client_ends_with_a_reason_and_nobody_is_left_waiting()
    {
        var seed = Seed.Fresh();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            await ConverseAsync(Mutate(Conversation, random), random);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task The_conversation_itself_is_a_valid_one_until_it_ends()
    {
        var reason = await ConverseAsync(Conversation, new Random(1));
        Assert.Equal(MqttLinkFailure.ClosedByPeer, Assert.IsType<MqttLinkException>(reason).Failure);
    }

    private static async Task<Exception?> ConverseAsync(byte[] conversation, Random random)
    {
        var peer = new Peer();
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "c", SendBeforeConnAck = true });
        var subscribing = client.SubscribeAsync("a/+", MqttQoS.AtLeastOnce, Ct);
        var publishing = new[] { MqttQoS.AtLeastOnce, MqttQoS.ExactlyOnce }
            .Select(qos => client.PublishAsync("up", new byte[3], qos, cancellationToken: Ct).AsTask()).ToArray();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        foreach (var piece in Splits.Random(conversation.Length, random).Aggregate(
            new List<byte[]>(), (pieces, length) => [.. pieces, conversation.AsSpan(pieces.Sum(piece => piece.Length), length).ToArray()]))
        {
            await peer.SendAsync(piece);
        }

        await peer.CloseAsync();
        var reason = await EndOfAsync(attaching);
        await client.DisposeAsync();
        foreach (var waiting in publishing.Append(subscribing))
        {
            await waiting.ContinueWith(static _ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);
            Assert.True(waiting.IsCompletedSuccessfully || waiting.Exception?.InnerException is MqttException, $"{waiting.Exception}");
        }

        return reason;
    }

    private static async Task<Exception?> EndOfAsync(Task<Sim800.Mqtt.Client.MqttConnection> attaching)
    {
        try
        {
            var connection = await attaching;
            return Assert.IsAssignableFrom<MqttException>(await connection.Closed);
        }
        catch (MqttException e)
        {
            return e;
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(5))
            {
                case 0:
                    list[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    list[at] = (byte)random.Next(256);
                    break;
                case 2:
                    list.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    list.RemoveAt(at);
                    break;
                default:
                    list.RemoveRange(at, list.Count - at);
                    list.Add(0x30);
                    break;
            }
        }

        return [.. list];
    }

    private static PublishPacket Publish(string topic, MqttQoS qos, ushort id) =>
        new(topic, new ReadOnlySequence<byte>("payload"u8.ToArray()), qos, Retain: false, Duplicate: false, id);
}
