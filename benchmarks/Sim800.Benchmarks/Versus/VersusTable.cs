using System.Diagnostics;
using System.Globalization;
using Sim800.Tls;

namespace Sim800.Benchmarks.Versus;

/// <summary><c>versus</c>: this library beside MQTTnet, on a socket of this machine, in one process and in turns.</summary>
internal static class VersusTable
{
    private const int Rounds = 9;

    private static readonly (string Name, bool IsSecure, TlsEngine Engine)[] Transports =
    [
        ("TCP", false, default),
        ("TLS, BouncyCastle", true, TlsEngine.BouncyCastle),
        ("TLS, Platform", true, TlsEngine.Platform),
    ];

    internal static async Task WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync("\n| what | transport | here | MQTTnet | ratio | least to most | bytes allocated here | MQTTnet |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var transport in Transports)
        {
            await using var server = new BareServer(transport.IsSecure);
            foreach (var (size, count) in new[] { (64, 100_000), (1024, 30_000), (10_000_000, 4) })
            {
                await CompareAsync(output, $"receive {size:N0} B", transport.Name, server, transport.Engine, client => ReceiveAsync(server, client, size, count));
            }

            foreach (var (qos, count) in new[] { (0, 50_000), (1, 5_000), (2, 5_000) })
            {
                await CompareAsync(output, $"publish 64 B, QoS {qos}, one by one", transport.Name, server, transport.Engine, client => PublishAsync(server, client, qos, count));
            }
        }

        await HoldAsync(output);
    }

    private static async Task CompareAsync(
        TextWriter output, string what, string transport, BareServer server, TlsEngine engine, Func<IVersusClient, Task<(double Rate, double Allocated)>> measure)
    {
        var (ours, theirs) = (new List<(double Rate, double Allocated)>(), new List<(double Rate, double Allocated)>());
        for (var round = -1; round < Rounds; round++)
        {
            var one = await measure(new OurClient(engine));
            var other = await measure(new TheirClient());
            if (round >= 0) // the first is for the compiler
            {
                ours.Add(one);
                theirs.Add(other);
            }
        }

        var ratios = ours.Zip(theirs, (one, other) => one.Rate / other.Rate).Order().ToArray();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {transport} | {Median(ours.Select(one => one.Rate)):N0}/s | {Median(theirs.Select(one => one.Rate)):N0}/s | {ratios[Rounds / 2]:0.00} | {ratios[0]:0.00} to {ratios[^1]:0.00} "
            + $"| {Median(ours.Select(one => one.Allocated)):N0} | {Median(theirs.Select(one => one.Allocated)):N0} |"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static async Task<(double Rate, double Allocated)> ReceiveAsync(BareServer server, IVersusClient client, int size, int count)
    {
        await using (client)
        {
            await client.ConnectAsync(server.Port, server.AuthorityPem);
            var (left, done) = (count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            await client.SubscribeAsync(
                () =>
                {
                    if (--left == 0)
                    {
                        done.SetResult();
                    }
                },
                count);
            var stream = await server.Subscribed;
            var packet = Packet(size);
            var burst = Enumerable.Repeat(packet, Math.Clamp(32 * 1024 / packet.Length, 1, count)).SelectMany(bytes => bytes).ToArray();
            GC.Collect();
            var (allocated, clock) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.StartNew());
            for (var sent = 0; sent < count; sent += burst.Length / packet.Length)
            {
                await stream.WriteAsync(burst.AsMemory(0, Math.Min(burst.Length, (count - sent) * packet.Length)));
            }

            await done.Task.WaitAsync(TimeSpan.FromMinutes(1));
            return (count / clock.Elapsed.TotalSeconds, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)count);
        }
    }

    private static async Task<(double Rate, double Allocated)> PublishAsync(BareServer server, IVersusClient client, int qos, int count)
    {
        await using (client)
        {
            await client.ConnectAsync(server.Port, server.AuthorityPem);
            var payload = new byte[64];
            GC.Collect();
            var (allocated, clock) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.StartNew());
            for (var i = 0; i < count; i++)
            {
                await client.PublishAsync(payload, qos);
            }

            return (count / clock.Elapsed.TotalSeconds, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)count);
        }
    }

    /// <summary>What a connected client on plain TCP holds.</summary>
    private static async Task HoldAsync(TextWriter output)
    {
        const int Clients = 50;
        foreach (var (name, create) in new (string, Func<IVersusClient>)[] { ("here", () => new OurClient(default)), ("MQTTnet", () => new TheirClient()) })
        {
            var servers = Enumerable.Range(0, Clients).Select(_ => new BareServer(isSecure: false)).ToArray();
            var before = Held();
            var clients = servers.Select(_ => create()).ToArray();
            foreach (var (client, server) in clients.Zip(servers))
            {
                await client.ConnectAsync(server.Port, null);
                await client.SubscribeAsync(() => { }, 1024);
            }

            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {(Held() - before) / (double)Clients / 1024:0.0} KB held by a connected client on TCP with one subscription, its server's end included"));
            foreach (var client in clients)
            {
                await client.DisposeAsync();
            }

            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private static long Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>PUBLISH, QoS 0, topic <c>t</c>.</summary>
    private static byte[] Packet(int size)
    {
        var header = new List<byte> { 0x30 };
        for (var left = size + 3; ; left >>= 7)
        {
            header.Add((byte)(left < 0x80 ? left : (left & 0x7F) | 0x80));
            if (left < 0x80)
            {
                break;
            }
        }

        return [.. header, 0, 1, (byte)'t', .. new byte[size]];
    }
}
