using Sim800.Benchmarks.Layers;
using Sim800.Benchmarks.Pictures;

namespace Sim800.Benchmarks.Link;

/// <summary><c>link</c>: measures every scenario against its limit.</summary>
internal static class LinkCommand
{
    private const int Messages = 3_000;
    private static readonly TimeSpan CommandDelay = TimeSpan.FromMilliseconds(5);
    private static readonly int[] BaudRates = [9_600, 115_200, 460_800];
    private static readonly int[] RoundTrips = [0, 200, 600, 1_500];

    /// <summary>The line that the requirements are stated for.</summary>
    private static readonly LinkConditions Usual = new(115_200, TimeSpan.FromMilliseconds(600), CommandDelay);

    internal static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        if (!LinkArguments.TryParse(arguments, out var wanted))
        {
            await Console.Error.WriteLineAsync(LinkArguments.Usage);
            return 2;
        }

        var results = new List<LinkResult>();
        LinkIdleDay? idle = null;
        foreach (var conditions in Lines(wanted.IsQuick).Where(wanted.Includes))
        {
            foreach (var run in LinkScenarioList.Of(conditions, Messages, cancellationToken))
            {
                var result = await run();
                await Console.Error.WriteLineAsync($"{conditions.BaudRate} baud, {conditions.RoundTripTime.TotalMilliseconds} ms: {result.Scenario}");
                results.Add(result);
            }

            if (conditions == Usual)
            {
                idle = await LinkScenarios.IdleDayAsync(conditions, LinkSecurity.Tls12, cancellationToken);
            }

            Write(results, wanted.JsonFile); // after each line: what takes an hour should not be lost at its end
        }

        await DrawAsync(wanted.PictureFile, cancellationToken);
        if (wanted.IsReal)
        {
            results.AddRange(await MosquittoScenarios.RunAsync(Usual, cancellationToken));
            results.AddRange(await RealTimeScenarios.RunAsync(Usual, cancellationToken));
        }

        Write(results, wanted.JsonFile);
        LinkTable.WriteShort(results, Console.Out);
        idle?.Write(Console.Out);
        await Console.Out.WriteLineAsync();
        LinkTable.Write(results, Console.Out);
        await WriteCostAsync(cancellationToken);
        return 0;
    }

    private static async Task DrawAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, FirstMessagePicture.Draw(await LinkPhases.MeasureAsync(Usual, cancellationToken)), cancellationToken);
        }
    }

    private static void Write(List<LinkResult> results, string? jsonFile)
    {
        if (jsonFile is not null)
        {
            LinkJson.Write(results, jsonFile);
        }
    }

    private static async Task WriteCostAsync(CancellationToken cancellationToken)
    {
        var processor = await GatewayCost.ProcessorPerThousandAsync(cancellationToken);
        var memory = await GatewayCost.MemoryPerClientAsync(cancellationToken);
        await Console.Out.WriteLineAsync(
            $"\nprocessor per 1,000 messages, virtual modem and broker included: {processor.TotalMilliseconds:0} ms"
            + $"\nmanaged memory per connected client, the same included: {memory / 1024} KB");
        await LayerTable.WriteAsync(Console.Out, cancellationToken);
    }

    /// <summary>The last one is the usual line behind a radio of GPRS class 12 at its best: two slots up, four down.</summary>
    private static IEnumerable<LinkConditions> Lines(bool quick) => quick
        ? [Usual]
        :
        [
            .. from baud in BaudRates
               from rtt in RoundTrips
               select new LinkConditions(baud, TimeSpan.FromMilliseconds(rtt), CommandDelay),
            Usual with { UplinkKbps = 43, DownlinkKbps = 86 },
        ];
}
