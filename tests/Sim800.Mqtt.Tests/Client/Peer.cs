using System.Buffers;
using System.IO.Pipelines;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using TestKit.Hostile;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>A scripted broker in memory, played by a test in the packets of the client's own codec.</summary>
internal sealed class Peer
{
    private readonly ScriptedBroker _broker;

    internal Peer() => (_broker, Transport) = ScriptedBroker.InMemory();

    /// <summary>The client's end.</summary>
    internal IDuplexPipe Transport { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A client connected to a new peer.</summary>
    internal static async Task<(MqttClient Client, Peer Peer)> ConnectAsync(MqttClientOptions? options = null, bool sessionPresent = false)
    {
        var peer = new Peer();
        var connecting = MqttClient.ConnectAsync(peer.Transport, options ?? new MqttClientOptions { ClientId = "c" }, Ct);
        await peer.AcceptAsync(sessionPresent);
        return (await connecting, peer);
    }

    internal async Task<ConnectPacket> AcceptAsync(bool sessionPresent = false)
    {
        var connect = ConnectPacket.Read(await ExpectAsync(PacketType.Connect));
        await SendAsync(new ConnAckPacket(sessionPresent, MqttConnectReturnCode.Accepted).Write);
        return connect;
    }

    /// <summary>The next packet of the client, of any type.</summary>
    internal async Task<MqttFrame> ReadAsync() =>
        await TryReadAsync() ?? throw new EndOfStreamException("The client closed the connection.");

    /// <summary>The next packet of the client, or null when it has closed the connection.</summary>
    internal async Task<MqttFrame?> TryReadAsync() => await _broker.ReadAsync(Ct) is { } packet ? Wire.Frame(packet) : null;

    internal async Task<MqttFrame> ExpectAsync(PacketType type)
    {
        var frame = await ReadAsync();
        Assert.Equal(type, frame.Type);
        return frame;
    }

    internal async Task<PublishPacket> ExpectPublishAsync() => PublishPacket.Read(await ExpectAsync(PacketType.Publish));

    internal async Task<ushort> ExpectAckAsync(PacketType type) => AckPacket.Read(await ExpectAsync(type)).PacketId;

    /// <summary>Answers a SUBSCRIBE with what it asks for, or with the given codes.</summary>
    internal async Task<SubscribePacket> GrantAsync(params byte[] returnCodes)
    {
        var subscribe = SubscribePacket.Read(await ExpectAsync(PacketType.Subscribe));
        var codes = returnCodes.Length > 0 ? returnCodes : subscribe.Requests.Select(request => (byte)request.QoS).ToArray();
        await SendAsync(new SubAckPacket(subscribe.PacketId, codes).Write);
        return subscribe;
    }

    internal Task AckAsync(PacketType type, ushort packetId) => SendAsync(new AckPacket(type, packetId).Write);

    internal Task PublishAsync(string topic, string text, MqttQoS qos = MqttQoS.AtMostOnce, ushort id = 0, bool duplicate = false) =>
        SendAsync(new PublishPacket(topic, new(System.Text.Encoding.UTF8.GetBytes(text)), qos, Retain: false, duplicate, id).Write);

    internal async Task SendAsync(Action<IBufferWriter<byte>> write) => await SendAsync(Wire.Bytes(write));

    internal Task SendAsync(byte[] bytes) => _broker.SendAsync(bytes, Ct);

    /// <summary>Says PINGREQ's answer; a test uses it to be sure that everything before it was handled.</summary>
    internal Task PongAsync() => SendAsync(new EmptyPacket(PacketType.PingResp).Write);

    /// <summary>A late PUBREC is answered: then everything before it was handled, and when this ends the flush has returned too.</summary>
    internal async Task HandledAsync(MqttClient client)
    {
        await AckAsync(PacketType.PubRec, 999);
        Assert.Equal(999, await ExpectAckAsync(PacketType.PubRel));
        await client.FlushAsync(Ct);
    }

    internal Task CloseAsync(Exception? reason = null) => _broker.CloseAsync(reason);
}
