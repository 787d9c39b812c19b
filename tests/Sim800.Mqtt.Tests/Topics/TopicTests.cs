using Sim800.Mqtt.Tests.Conformance;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Tests.Topics;

public sealed class TopicTests
{
    [Theory]
    [InlineData("#")]
    [InlineData("+")]
    [InlineData("/")]
    [InlineData("/+")]
    [InlineData("+/+/#")]
    [InlineData("a//b")]
    [InlineData("a b/ß")]
    [InlineData("$SYS/#")]
    [InlineData("$share/group/a/+")]
    public void A_filter(string filter) => TopicFilter.ThrowIfInvalid(filter, nameof(filter));

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [Statement("MQTT-4.7.3-1")]
    [Statement("MQTT-4.7.3-2")]
    [Statement("MQTT-1.5.3-2")]
    public void Neither_a_topic_nor_a_filter(string text) => AssertNeither(text);

    [Fact]
    [Statement("MQTT-1.5.3-1")]
    public void Half_of_a_surrogate_pair_is_neither_a_topic_nor_a_filter()
    {
        AssertNeither("\uD800");
        AssertNeither("a/\uDC00b");
    }

    [Theory]
    [InlineData("#/a")]
    [InlineData("a#")]
    [InlineData("a/#/b")]
    [InlineData("a/b#")]
    [InlineData("##")]
    [Statement("MQTT-4.7.1-2")]
    public void The_multi_level_wildcard_stands_alone_in_the_last_level(string filter) =>
        Assert.Throws<ArgumentException>(() => TopicFilter.ThrowIfInvalid(filter, nameof(filter)));

    [Theory]
    [InlineData("a+")]
    [InlineData("+a/b")]
    [InlineData("a/b+/c")]
    [InlineData("++")]
    [Statement("MQTT-4.7.1-3")]
    public void The_single_level_wildcard_stands_alone_in_its_level(string filter) =>
        Assert.Throws<ArgumentException>(() => TopicFilter.ThrowIfInvalid(filter, nameof(filter)));

    [Theory]
    [InlineData("a/+")]
    [InlineData("#")]
    [InlineData("a+b")]
    [Statement("MQTT-3.3.2-2")]
    [Statement("MQTT-4.7.1-1")]
    public void A_topic_has_no_wildcard(string topic) =>
        Assert.Throws<ArgumentException>(() => TopicName.ThrowIfInvalid(topic, nameof(topic)));

    [Fact]
    [Statement("MQTT-4.7.3-3")]
    public void A_topic_has_at_most_65535_bytes()
    {
        var longest = new string('ä', 32_767) + "a";
        TopicName.ThrowIfInvalid(longest, nameof(longest));
        TopicFilter.ThrowIfInvalid(longest, nameof(longest));
        Assert.Throws<ArgumentException>(() => TopicName.ThrowIfInvalid(longest + "b", nameof(longest)));
        Assert.Throws<ArgumentException>(() => TopicFilter.ThrowIfInvalid(longest + "b", nameof(longest)));
    }

    private static void AssertNeither(string text)
    {
        Assert.Throws<ArgumentException>(() => TopicFilter.ThrowIfInvalid(text, nameof(text)));
        Assert.Throws<ArgumentException>(() => TopicName.ThrowIfInvalid(text, nameof(text)));
    }
}
