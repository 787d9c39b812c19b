using Sim800.Mqtt;

namespace Sim800.Benchmarks.Link;

/// <summary><c>link [--quick] [--json FILE]</c>: measures every scenario against its limit.</summary>
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

        LinkTable.Write(results, Console.Out);
        if (json >= 0)
        {
            LinkJson.Write(results, arguments[json + 1]);
        }

        return 0;
    }

    private static IEnumerable<LinkConditions> Lines(bool quick) => quick
        ? [new LinkConditions(115_200, TimeSpan.FromMilliseconds(600), CommandDelay)]
        : from baud in BaudRates
          from rtt in RoundTrips
          select new LinkConditions(baud, TimeSpan.FromMilliseconds(rtt), CommandDelay);

    private static IEnumerable<Func<Task<LinkResult>>> Runs(LinkConditions line, CancellationToken ct)
    {
        yield return () => LinkScenarios.FirstPubAckAsync(line, LinkSecurity.Plain, resumed: false, ct);
        yield return () => LinkScenarios.FirstPubAckAsync(line, LinkSecurity.Tls12, resumed: false, ct);
        yield return () => LinkScenarios.FirstPubAckAsync(line, LinkSecurity.Tls12, resumed: true, ct);
        yield return () => LinkScenarios.FirstPubAckAsync(line, LinkSecurity.Tls13, resumed: false, ct);
        yield return () => LinkScenarios.OneMessageAsync(line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, ct);
        yield return () => LinkScenarios.OneMessageAsync(line, LinkSecurity.Tls12, MqttQoS.AtLeastOnce, ct);
        yield return () => LinkScenarios.OneMessageAsync(line, LinkSecurity.Tls12, MqttQoS.ExactlyOnce, ct);
        yield return () => LinkScenarios.SustainedPublishAsync(line, LinkSecurity.Plain, MqttQoS.AtMostOnce, Messages, ct);
        yield return () => LinkScenarios.SustainedPublishAsync(line, LinkSecurity.Tls12, MqttQoS.AtMostOnce, Messages, ct);
        yield return () => LinkScenarios.SustainedPublishAsync(line, LinkSecurity.Tls12, MqttQoS.AtLeastOnce, Messages, ct);
        yield return () => LinkScenarios.SustainedReceiveAsync(line, LinkSecurity.Tls12, 100, Messages, ct);
        yield return () => LinkScenarios.SustainedReceiveAsync(line, LinkSecurity.Tls12, 4096, Messages / 30, ct);
        yield return () => LinkScenarios.LargePayloadAsync(line, LinkSecurity.Tls12, ct);
        yield return () => LinkScenarios.IdleDayAsync(line, LinkSecurity.Tls12, ct);
    }
}
