using Sim800.Mqtt.Topics;
using TestKit;

namespace Sim800.Mqtt.Tests.Topics;

public sealed class TopicTrieTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player2", false)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("a", "A", false)]
    [InlineData("a//b", "a//b", true)]
    [InlineData("a//b", "a/b", false)]
    [InlineData("#", "$SYS/monitor", false)]
    [InlineData("+/monitor", "$SYS/monitor", false)]
    [InlineData("$SYS/#", "$SYS/monitor", true)]
    [InlineData("$SYS/+", "$SYS/monitor", true)]
    [InlineData("a/+/#", "a/$b/c", true)]
    public void Matches_as_the_specification_says(string filter, string topic, bool matches) =>
        Assert.Equal(matches ? [filter] : [], Match(Trie(filter), topic));

    [Fact]
    public void Finds_every_filter_that_overlaps() => Assert.Equal(
        ["#", "+/b", "a/#", "a/+", "a/b", "a/b/#"],
        Match(Trie("a/b", "a/+", "a/#", "#", "+/b", "a/b/#", "a/c", "b/#"), "a/b").Order(StringComparer.Ordinal));

    [Fact]
    public void The_filter_of_a_shared_subscription_is_what_follows_the_group()
    {
        Assert.Equal("a/+", TopicFilter.Matched("$share/group/a/+"));
        Assert.Equal("a/#", TopicFilter.Matched("$queue/a/#"));
        Assert.Equal("a", TopicFilter.Matched("$exclusive/a"));
        Assert.Equal("a", TopicFilter.Matched("$delayed/15/a"));
        Assert.Equal("a/b", TopicFilter.Matched("$share/group/$exclusive/a/b"));
        Assert.Equal("$SYS/#", TopicFilter.Matched("$share/group/$SYS/#"));
        Assert.Equal("$queue/", TopicFilter.Matched("$queue/"));
        Assert.Equal("$queue", TopicFilter.Matched("$queue"));
        Assert.Equal("$share/group", TopicFilter.Matched("$share/group"));
        Assert.Equal("$share//a", TopicFilter.Matched("$share//a"));
        Assert.Equal("$share/group/", TopicFilter.Matched("$share/group/"));
    }

    [Fact]
    public void Removing_takes_one_value_away_and_nothing_else()
    {
        var trie = new TopicTrie<string>();
        trie.Add("a/b", "1");
        trie.Add("a/b", "2");
        trie.Add("a/b/c", "3");
        trie.Remove("a/b", "1");
        trie.Remove("a/x", "1");
        trie.Remove("a/b", "9");
        Assert.Equal(["2"], Match(trie, "a/b"));
        trie.Remove("a/b", "2");
        Assert.Equal([], Match(trie, "a/b"));
        Assert.Equal(["3"], Match(trie, "a/b/c"));
        trie.Remove("a/b/c", "3");
        Assert.Equal([], Match(trie, "a/b/c"));
    }

    [Fact]
    public void Agrees_with_the_definition_on_random_filters_and_topics()
    {
        var seed = Seed.Fresh();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] levels = ["", "a", "b", "+", "$c"];
        var filters = Enumerable.Range(0, 400).Select(_ => Text(random, levels) + (random.Next(4) == 0 ? "/#" : ""))
            .Where(TopicFilter.IsValid).Distinct(StringComparer.Ordinal).ToArray();
        var trie = Trie(filters);
        foreach (var removed in filters.Where(_ => random.Next(4) == 0).ToArray())
        {
            trie.Remove(removed, removed);
            filters = [.. filters.Where(filter => filter != removed)];
        }

        string[] plain = ["", "a", "b", "$c"];
        for (var round = 0; round < 400; round++)
        {
            var topic = Text(random, plain);
            Assert.Equal(
                filters.Where(filter => IsMatch(filter.Split('/'), topic.Split('/'), first: true)).Order(StringComparer.Ordinal),
                Match(trie, topic).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Among_ten_thousand_filters_matching_allocates_nothing()
    {
        var trie = Trie([.. Enumerable.Range(0, 10_000).Select(index => $"site/{index % 100}/device/{index}/+")]);
        var matches = new List<string>(16);
        trie.Match("site/42/device/4242/temperature", matches);
        Assert.Equal(["site/42/device/4242/+"], matches);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            matches.Clear();
            trie.Match("site/42/device/4242/temperature", matches);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Text(Random random, string[] levels) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(levels.Length)]));

    private static bool IsMatch(ReadOnlySpan<string> filter, ReadOnlySpan<string> topic, bool first)
    {
        if (filter is ["#"])
        {
            return !(first && topic is [['$', ..], ..]);
        }

        if (filter.IsEmpty || topic.IsEmpty)
        {
            return filter.IsEmpty && topic.IsEmpty;
        }

        var fits = filter[0] == "+" ? !(first && topic[0].StartsWith('$')) : filter[0] == topic[0];
        return fits && (IsMatch(filter[1..], topic[1..], first: false));
    }

    private static TopicTrie<string> Trie(params string[] filters)
    {
        var trie = new TopicTrie<string>();
        Array.ForEach(filters, filter => trie.Add(filter, filter));
        return trie;
    }

    private static List<string> Match(TopicTrie<string> trie, string topic)
    {
        var matches = new List<string>();
        trie.Match(topic, matches);
        return matches;
    }
}
