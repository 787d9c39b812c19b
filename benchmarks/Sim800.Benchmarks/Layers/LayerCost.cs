using System.Diagnostics;
using Sim800.Mqtt;

namespace Sim800.Benchmarks.Layers;

/// <summary>What a message of 100 bytes costs in the layers of this library alone, once everything is warm.</summary>
internal static class LayerCost
{
    private const int Messages = 2_000;
    private const int Burst = 200;
    private const int Rounds = 10;
    private static readonly byte[] Payload = new byte[100];

    /// <summary>What a received message, which is a value, keeps on the heap: its payload.</summary>
    internal static long SizeOfMessage()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new byte[Payload.Length]);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    internal static async Task<LayerFigure> PublishAtMostOnceAsync(StackDepth stack, CancellationToken cancellationToken)
    {
        await using var rig = await LayerRig.ForPublishingAsync(stack, confirmations: 0, cancellationToken);
        return await MeasureAsync(stack, "publish, QoS 0", () => BurstsAsync(rig.Client), cancellationToken);
    }

    internal static async Task<LayerFigure> PublishAtLeastOnceAsync(StackDepth stack, CancellationToken cancellationToken)
    {
        await using var rig = await LayerRig.ForPublishingAsync(stack, (Rounds + 1) * Messages, cancellationToken);
        return await MeasureAsync(stack, "publish, QoS 1, one by one", () => OneByOneAsync(rig.Client), cancellationToken);
    }

    internal static async Task<LayerFigure> ReceiveAsync(StackDepth stack, CancellationToken cancellationToken)
    {
        await using var rig = await LayerRig.ForReceivingAsync(stack, (Rounds + 1) * Messages, cancellationToken);
        return await MeasureAsync(stack, "receive, QoS 0", () => TakeAsync(rig), cancellationToken);
    }

    /// <summary>
    /// The best of several rounds, because the counts are of the whole process and it may do something else now and then. Away from a
    /// caller's synchronisation context, which allocates for each continuation.
    /// </summary>
    private static Task<LayerFigure> MeasureAsync(StackDepth stack, string what, Func<Task> run, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            await run();
            var (processor, bytes) = (TimeSpan.MaxValue, double.MaxValue);
            using var process = Process.GetCurrentProcess();
            for (var round = 0; round < Rounds; round++)
            {
                process.Refresh();
                var (before, allocated) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true));
                await run();
                bytes = Math.Min(bytes, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)Messages);
                process.Refresh();
                var spent = process.TotalProcessorTime - before;
                processor = spent < processor ? spent : processor;
            }

            return new LayerFigure(stack, what, processor / (Messages / 1_000), bytes);
        },
        cancellationToken);

    private static async Task BurstsAsync(MqttClient client)
    {
        for (var burst = 0; burst < Messages / Burst; burst++)
        {
            for (var message = 0; message < Burst; message++)
            {
                await client.PublishAsync(LayerRig.Topic, Payload, cancellationToken: CancellationToken.None);
            }

            await client.FlushAsync(CancellationToken.None);
        }
    }

    private static async Task OneByOneAsync(MqttClient client)
    {
        for (var message = 0; message < Messages; message++)
        {
            await client.PublishAsync(LayerRig.Topic, Payload, MqttQoS.AtLeastOnce, cancellationToken: CancellationToken.None);
        }
    }

    private static async Task TakeAsync(LayerRig rig)
    {
        for (var message = 0; message < Messages; message++)
        {
            if (message % Burst == 0)
            {
                rig.Send(Burst);
            }

            await rig.Subscription!.ReadAsync(CancellationToken.None);
        }
    }
}
