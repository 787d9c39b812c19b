using BenchmarkDotNet.Attributes;
using Sim800.Mqtt.Topics;

namespace Sim800.Benchmarks;

/// <summary>Which of many filters a topic matches.</summary>
[MemoryDiagnoser]
public class TopicBenchmarks
{
    private readonly TopicTrie<string> _trie = new();
    private readonly List<string> _matches = [];

    [Params(10, 1_000, 10_000)]
    public int Filters { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        for (var number = 0; number < Filters; number++)
        {
            var filter = (number % 3) switch
            {
                0 => $"site/{number}/+/temperature",
                1 => $"site/{number}/#",
                _ => $"site/{number}/boiler/temperature",
            };
            _trie.Add(filter, filter);
        }
    }

    [Benchmark]
    public int Match()
    {
        _matches.Clear();
        _trie.Match("site/7/boiler/temperature", _matches);
        return _matches.Count;
    }
}
