using Sim800.Mqtt;

namespace Sim800.Benchmarks.Link;

/// <summary><c>link [--quick] [--real] [--json FILE]</c>: measures every scenario against its limit.</summary>
internal static class LinkCommand
{
    private const int Messages = 3_000;
    private static readonly TimeSpan CommandDelay = TimeSpan.FromMilliseconds(5);
    private static readonly int[] BaudRates = [9_600, 115_200, 460_800];
    private static readonly int[] RoundTrips = [0, 200, 600, 1_500];

    internal static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var json = Array.IndexOf(arguments, "--json");
        if (json == arguments.Length - 1)
        {
            await Console.Error.WriteLineAsync("--json needs a file name.");
            return 2;
        }

        var results = new List<LinkResult>();
        foreach (var conditions in Lines(arguments.Contains("--quick", StringComparer.Ordinal)))
        {
            foreach (var run in Runs(conditions, cancellationToken))
            {
                var result = await run();
                await Console.Error.WriteLineAsync($"{conditions.BaudRate} baud, {conditions.RoundTripTime.TotalMilliseconds} ms: {result.Scenario}");
                results.Add(result);
            }
        }

        if (arguments.Contains("--real", StringComparer.Ordinal))
        {
            results.AddRange(await RealTimeScenarios.RunAsync(Lines(quick: true).Single(), cancellationToken));
        }

        LinkTable.Write(results, Console.Out);
        await WriteCostAsync(cancellationToken);
        if (json >= 0)
        {
            LinkJson.Write(results, arguments[json + 1]);
        }

        return 0;
    }

    private static async Task WriteCostAsync(CancellationToken cancellationToken)
    {
        var processor = await GatewayCost.ProcessorPerThousandAsync(cancellationToken);
        var memory = await GatewayCost.MemoryPerClientAsync(cancellationToken);
        await Console.Out.WriteLineAsync(
            $"\nprocessor per 1,000 messages, virtual modem and broker included: {processor.TotalMilliseconds:0} ms"
            + $"\nmanaged memory per connected client, the same included: {memory / 1024} KB");
    }

    private static IEnumerable<LinkConditions> Lines(bool quick) => quick
        ? [new LinkConditions(115_200, TimeSpan.FromMilliseconds(600), CommandDelay)]
        : from baud in BaudRates
          from rtt in RoundTrips
          select new LinkConditions(baud, TimeSpan.FromMilliseconds(rtt), CommandDelay);

    private static IEnumerable<Func<Task<LinkResult>>> Runs(LinkConditions line, CancellationToken ct) =>
        [.. Handshakes(line, ct), .. Throughput(line, ct), () => LinkScenarios.IdleDayAsync(line, LinkSecurity.Tls12, ct)];

    private static IEnumerable<Func<Task<LinkResult>>> Handshakes(LinkConditions line, CancellationToken ct)
    {
        foreach (var (security, resumed) in Handshakes())
        {
            yield return () => LinkScenarios.ColdAsync(line, security, resumed, ct);
        }

        foreach (var (security, resumed) in Handshakes())
        {
            yield return () => LinkScenarios.FirstPubAckAsync(line, security, resumed, ct);
        }

        yield return () => LinkScenarios.ReconnectAsync(line, LinkSecurity.Tls12, ct);
        for (var qos = MqttQoS.AtMostOnce; qos <= MqttQoS.ExactlyOnce; qos++)
        {
            var level = qos;
            yield return () => LinkScenarios.OneMessageAsync(line, LinkSecurity.Tls12, level, ct);
        }
    }

    private static IEnumerable<(LinkSecurity Security, bool Resumed)> Handshakes()
    {
        yield return (LinkSecurity.Plain, false);
        yield return (LinkSecurity.Tls12, false);
        yield return (LinkSecurity.Tls12, true);
        yield return (LinkSecurity.Tls13, false);
#if BC1
        yield return (LinkSecurity.EcdhePsk, false);
#endif
    }

    private static IEnumerable<Func<Task<LinkResult>>> Throughput(LinkConditions line, CancellationToken ct)
    {
        yield return () => ThroughputScenarios.SustainedPublishAsync(line, LinkSecurity.Plain, MqttQoS.AtMostOnce, Messages, ct);
        yield return () => ThroughputScenarios.SustainedPublishAsync(line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, Messages, ct);
        yield return () => ThroughputScenarios.SustainedPublishAsync(line, LinkSecurity.Tls12, MqttQoS.AtLeastOnce, Messages, ct);
        yield return () => ThroughputScenarios.TransparentPublishAsync(line, LinkSecurity.Tls12, Messages, ct);
        yield return () => ThroughputScenarios.SustainedReceiveAsync(line, LinkSecurity.Tls12, 100, Messages, ct);
        yield return () => ThroughputScenarios.SustainedReceiveAsync(line, LinkSecurity.Tls12, 4096, Messages / 30, ct);
        yield return () => ThroughputScenarios.BothWaysAsync(line, LinkSecurity.Tls12, Messages, ct);
        yield return () => ThroughputScenarios.LargePayloadAsync(line, LinkSecurity.Tls12, ct);
    }
}
