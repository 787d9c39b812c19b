using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>What goes on for years must leave nothing behind.</summary>
[Collection("Alone")]
public sealed class EnduranceTests(ITestOutputHelper output)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_thousand_reconnects_leave_neither_memory_nor_timers_behind()
    {
        var clock = new ManualTimeProvider();
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "c", CleanSession = false, TimeProvider = clock });
        var subscribing = client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Ct);
        var publishing = client.PublishAsync("up", new byte[10], MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        await ReconnectAsync(client, rounds: 50, isFirst: true);
        await subscribing;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await ReconnectAsync(client, rounds: 1000, isFirst: false);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"{grown} bytes");
        Assert.InRange(grown, long.MinValue, 256 * 1024);
        await clock.DisarmedAsync(Ct);
        Assert.False(publishing.IsCompleted);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_idle_client_holds_little_memory()
    {
        const int Clients = 100;
        var clients = new List<(MqttClient Client, Peer Peer)> { await Peer.ConnectAsync() };
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var index = 0; index < Clients; index++)
        {
            clients.Add(await Peer.ConnectAsync());
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Clients;
        output.WriteLine($"{each} bytes, with the memory line and the peer");
        Assert.InRange(each, 1, 64 * 1024);
        foreach (var (client, _) in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Cancelling_at_any_moment_never_ends_the_waiting_of_another()
    {
        const int Publishers = 8;
        const int Each = 1500;
        var seed = Seed.Fresh();
        output.WriteLine($"seed {seed}");
        var (client, peer) = await Peer.ConnectAsync();
        var serving = ServeAsync(peer);
        var publishing = Enumerable.Range(0, Publishers).Select(index => Task.Run(
            async () =>
            {
                var random = new Random(seed + index);
                var cancelled = 0;
                for (var message = 0; message < Each; message++)
                {
                    using var cancellation = new CancellationTokenSource();
                    var one = client.PublishAsync("a", new byte[10], MqttQoS.AtLeastOnce, cancellationToken: cancellation.Token).AsTask();
                    if (random.Next(3) == 0)
                    {
                        await cancellation.CancelAsync();
                    }

                    cancelled += await IsCancelledAsync(one, cancellation.Token) ? 1 : 0;
                }

                return cancelled;
            },
            Ct)).ToArray();
        var cancelled = (await Task.WhenAll(publishing)).Sum();
        output.WriteLine($"{cancelled} of {Publishers * Each} cancelled");
        Assert.InRange(cancelled, 1, Publishers * Each / 2);
        await client.PublishAsync("last", Array.Empty<byte>(), MqttQoS.AtLeastOnce, cancellationToken: Ct);
        Assert.Equal(0, client.Unacknowledged);
        await client.DisposeAsync();
        await serving;
    }

    private static async Task<bool> IsCancelledAsync(Task publishing, CancellationToken own)
    {
        try
        {
            await publishing;
            return false;
        }
        catch (OperationCanceledException e)
        {
            Assert.Equal(own, e.CancellationToken);
            Assert.True(own.IsCancellationRequested);
            return true;
        }
    }

    private static async Task ServeAsync(Peer peer)
    {
        while (await peer.TryReadAsync() is { Type: not PacketType.Disconnect } frame)
        {
            await peer.AckAsync(PacketType.PubAck, PublishPacket.Read(frame).PacketId);
        }
    }

    private static async Task ReconnectAsync(MqttClient client, int rounds, bool isFirst)
    {
        for (var round = 0; round < rounds; round++)
        {
            var peer = new Peer();
            var attaching = client.AttachAsync(peer.Transport, Ct);
            await peer.AcceptAsync(sessionPresent: !isFirst || round > 0);
            var connection = await attaching;
            await peer.ExpectPublishAsync();
            if (isFirst && round == 0)
            {
                await peer.GrantAsync();
                await peer.AckAsync(PacketType.PubRec, 99);
                await peer.ExpectAckAsync(PacketType.PubRel);
            }

            await peer.CloseAsync(new IOException("The link was lost.")); // at a close of the server the message would be taken for the cause
            await connection.Closed;
        }
    }
}
