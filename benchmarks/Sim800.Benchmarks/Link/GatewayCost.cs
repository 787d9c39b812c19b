using System.Diagnostics;
using Sim800.Mqtt;

namespace Sim800.Benchmarks.Link;

/// <summary>What the stack costs the gateway's processor and memory. The virtual modem and the broker run in the same process and are counted in: an upper bound.</summary>
internal static class GatewayCost
{
    private const int Messages = 5_000;
    private const int Clients = 20;
    private static readonly LinkConditions Line = new(460_800, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(5));

    /// <summary>Processor time for a thousand messages of 100 bytes at QoS 0 over TLS, after warming up.</summary>
    internal static async Task<TimeSpan> ProcessorPerThousandAsync(CancellationToken cancellationToken)
    {
        await ThroughputScenarios.SustainedPublishAsync(Line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, Messages, cancellationToken);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await ThroughputScenarios.SustainedPublishAsync(Line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, Messages, cancellationToken);
        process.Refresh();
        return (process.TotalProcessorTime - before) / (Messages / 1_000.0);
    }

    /// <summary>Managed memory that one connected client over TLS holds, with its modem, virtual modem and broker connection.</summary>
    internal static async Task<long> MemoryPerClientAsync(CancellationToken cancellationToken)
    {
        await using (var warm = new LinkRig(Line, LinkSecurity.Tls12))
        await using (await warm.ConnectAsync(cancellationToken))
        {
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var rigs = new List<(LinkRig Rig, MqttClient Client)>();
        for (var client = 0; client < Clients; client++)
        {
            var rig = new LinkRig(Line, LinkSecurity.Tls12);
            rigs.Add((rig, await rig.ConnectAsync(cancellationToken)));
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Clients;
        foreach (var (rig, client) in rigs)
        {
            await client.DisposeAsync();
            await rig.DisposeAsync();
        }

        return each;
    }
}
