using System.Buffers;
using System.IO.Pipelines;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Tls;

namespace Sim800.Benchmarks.Layers;

/// <summary>The layers of this library, some or all, with nothing else that works: a canned modem and a canned server in memory.</summary>
internal sealed class LayerRig : IAsyncDisposable
{
    internal const string Host = "broker.example";
    internal const string Topic = "site/7/temperature";

    private readonly CannedServer _server;
    private readonly CellularModem? _modem;

    private LayerRig(CannedServer server, CellularModem? modem, MqttClient client, CannedModem? canned) =>
        (_server, _modem, Client, Canned) = (server, modem, client, canned);

    internal MqttClient Client { get; }

    internal CannedModem? Canned { get; }

    internal IMqttSubscription? Subscription { get; private init; }

    /// <summary>A client whose QoS 1 messages are confirmed one by one, <paramref name="confirmations"/> of them in all.</summary>
    internal static Task<LayerRig> ForPublishingAsync(StackDepth stack, int confirmations, CancellationToken cancellationToken) =>
        CreateAsync(stack, expectsSubscribe: false, Packets(confirmations, WriteAcknowledgement), cancellationToken);

    /// <summary>A client that is subscribed and gets <paramref name="messages"/> messages of 100 bytes, when they are asked for.</summary>
    internal static Task<LayerRig> ForReceivingAsync(StackDepth stack, int messages, CancellationToken cancellationToken) =>
        CreateAsync(stack, expectsSubscribe: true, Packets(messages, WriteMessage), cancellationToken);

    /// <summary>Lets the next messages come.</summary>
    internal void Send(int messages) => _server.DeliverNext(messages);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        if (_modem is not null)
        {
            await _modem.DisposeAsync();
        }

        _server.Dispose();
    }

    private static async Task<LayerRig> CreateAsync(
        StackDepth stack, bool expectsSubscribe, IEnumerable<byte[]> packets, CancellationToken cancellationToken)
    {
        var canned = stack == StackDepth.Modem ? new CannedModem() : null;
        var line = canned ?? (CannedLine)new CannedTransport();
        var server = new CannedServer(line);
        var serving = server.ServeAsync(stack != StackDepth.Mqtt, expectsSubscribe, packets, cancellationToken);
        var modem = canned is null ? null : await CellularModem.OpenAsync(line, new ModemOptions { Apn = "internet" }, cancellationToken);
        var transport = await ConnectAsync(stack, line, modem, server, cancellationToken);
        var client = await MqttClient.ConnectAsync(transport, new MqttClientOptions { ClientId = "gateway-0001" }, cancellationToken);
        var subscription = expectsSubscribe
            ? await client.SubscribeAsync(
                [new MqttTopicFilter(Topic, MqttQoS.AtMostOnce)], new MqttSubscribeOptions { Capacity = 10_000 }, cancellationToken)
            : null;
        await serving;
        server.AnswersFlushes = !expectsSubscribe && packets.Any();
        return new LayerRig(server, modem, client, canned) { Subscription = subscription };
    }

    private static async Task<IDuplexPipe> ConnectAsync(
        StackDepth stack, CannedLine line, CellularModem? modem, CannedServer server, CancellationToken cancellationToken)
    {
        IDuplexPipe transport = modem is null ? line : await modem.ConnectTcpAsync(Host, 8883, cancellationToken);
        return stack == StackDepth.Mqtt
            ? transport
            : await TlsConnection.ConnectAsync(
                transport,
                new TlsClientOptions { ServerName = Host, Trust = TlsTrust.FromPem(server.AuthorityPem) },
                cancellationToken);
    }

    private static IEnumerable<byte[]> Packets(int count, Action<IBufferWriter<byte>, ushort> write)
    {
        var output = new ArrayBufferWriter<byte>();
        for (var number = 1; number <= count; number++)
        {
            output.ResetWrittenCount();
            write(output, (ushort)number);
            yield return output.WrittenSpan.ToArray();
        }
    }

    private static void WriteAcknowledgement(IBufferWriter<byte> output, ushort number) =>
        new AckPacket(PacketType.PubAck, number).Write(output);

    private static void WriteMessage(IBufferWriter<byte> output, ushort number) =>
        new PublishPacket(Topic, new(new byte[100]), MqttQoS.AtMostOnce, Retain: false, Duplicate: false, PacketId: 0).Write(output);
}
