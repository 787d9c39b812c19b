using System.Reflection;
using BenchmarkDotNet.Running;
using Sim800.Benchmarks.Link;

namespace Sim800.Benchmarks.Tests;

/// <summary>Every case of every suite, once: a run of all of them takes most of an hour, and one that fails is a line among thousands.</summary>
[Collection("Alone")]
public sealed class BenchmarkCasesTests
{
    public static TheoryData<string> Cases => [.. All().Select(NameOf)];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Cases))]
    public async Task Runs(string name)
    {
        var benchmark = All().Single(candidate => NameOf(candidate) == name);
        var suite = Activator.CreateInstance(benchmark.Descriptor.Type)!;
        foreach (var parameter in benchmark.Parameters.Items)
        {
            benchmark.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(suite, parameter.Value);
        }

        await InvokeAsync(suite, benchmark.Descriptor.GlobalSetupMethod);
        await InvokeAsync(suite, benchmark.Descriptor.IterationSetupMethod);
        await InvokeAsync(suite, benchmark.Descriptor.WorkloadMethod);
        await InvokeAsync(suite, benchmark.Descriptor.IterationCleanupMethod);
        await InvokeAsync(suite, benchmark.Descriptor.GlobalCleanupMethod);
    }

    private static IEnumerable<BenchmarkCase> All() => typeof(LinkCommand).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Benchmarks", StringComparison.Ordinal))
        .SelectMany(type => BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases);

    private static string NameOf(BenchmarkCase benchmark) => $"{benchmark.Descriptor.GetFilterName()} {benchmark.Parameters.DisplayInfo}";

    private static async Task InvokeAsync(object suite, MethodInfo? method)
    {
        switch (method?.Invoke(suite, null))
        {
            case Task task:
                await task;
                break;
            case ValueTask task:
                await task;
                break;
        }
    }
}
