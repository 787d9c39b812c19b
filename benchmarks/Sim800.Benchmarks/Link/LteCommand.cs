using Sim800.Simulator;

namespace Sim800.Benchmarks.Link;

/// <summary><c>lte</c>: the link budget of the LTE modules.</summary>
internal static class LteCommand
{
    private const int Messages = 3_000;

    internal static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var model in (VirtualModemModel[])[VirtualModemModel.A7670E, VirtualModemModel.Sim7600E])
        {
            var results = new List<LinkResult>();
            foreach (var run in LteScenarios.Of(LteScenarios.Line(model), Messages, cancellationToken))
            {
                results.Add(await run());
            }

            await Console.Out.WriteLineAsync($"\n{model}");
            LinkTable.WriteShort(results, Console.Out);
            await Console.Out.WriteLineAsync();
            LinkTable.Write(results, Console.Out);
        }

        return 0;
    }
}
