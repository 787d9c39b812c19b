using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Tests.Topics;

public sealed class TopicFilterMatchTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "a/b", false)]
    [InlineData("a/b", "a", false)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("a/+/c", "a/b/c", true)]
    [InlineData("a/+/c", "a//c", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/", true)]
    [InlineData("a/+/#", "a", false)]
    [InlineData("a/+/#", "a/b", true)]
    [InlineData("+", "/", false)]
    [InlineData("+/+", "/", true)]
    [InlineData("/+", "/a", true)]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$SYS/a", false)]
    [InlineData("+/a", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    [InlineData("$SYS/+", "$SYS/a", true)]
    public void One_filter_asks_for_one_topic(string filter, string topic, bool expected)
    {
        Assert.Equal(expected, new MqttTopicFilter(filter).IsMatch(topic));
        var trie = new TopicTrie<string>();
        trie.Add(filter, filter);
        var matches = new List<string>();
        trie.Match(topic, matches);
        Assert.Equal(expected, matches.Count > 0); // the two that judge say the same
    }

    /// <summary>The same by chance, over an alphabet of levels that collide.</summary>
    [Fact]
    public void The_matcher_of_one_filter_agrees_with_that_of_many()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] levels = ["", "a", "b", "$x"];
        string[] wanted = ["", "a", "b", "$x", "+", "+"];
        for (var i = 0; i < 20_000; i++)
        {
            var topic = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(levels.Length)]));
            var filter = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => wanted[random.Next(wanted.Length)])) + (random.Next(3) == 0 ? "/#" : "");
            if (topic.Length == 0 || filter.Length == 0)
            {
                continue;
            }

            var trie = new TopicTrie<string>();
            trie.Add(filter, filter);
            var matches = new List<string>();
            trie.Match(topic, matches);
            Assert.True(matches.Count > 0 == new MqttTopicFilter(filter).IsMatch(topic), $"{filter} and {topic}, seed {seed}");
        }
    }

    [Theory]
    [InlineData("a/#", true)]
    [InlineData("+", true)]
    [InlineData("", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a+", false)]
    [InlineData("a\0", false)]
    public void A_filter_tells_whether_it_is_one(string filter, bool expected) => Assert.Equal(expected, new MqttTopicFilter(filter).IsValid);

    [Fact]
    public void A_filter_is_text_of_at_most_65535_bytes()
    {
        Assert.False(new MqttTopicFilter(new string('\ud800', 1)).IsValid); // half a surrogate pair
        Assert.True(new MqttTopicFilter(new string('a', 65_535)).IsValid);
        Assert.False(new MqttTopicFilter(new string('a', 65_536)).IsValid);
    }
}
