using Sim800.Simulator.Broker.Sessions;

namespace Sim800.Simulator.Tests.Broker;

public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("sport/#", "sports", false)]
    [InlineData("#", "a", true)]
    [InlineData("#", "/a/b", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("+/a", "b/a", true)]
    [InlineData("a", "a/", false)]
    [InlineData("a/", "a", false)]
    [InlineData("a", "A", false)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("$SYS/monitor/+", "$SYS/monitor/Clients", true)]
    [InlineData("a/+/+/#", "a/b", false)]
    [InlineData("a/+/+/#", "a/b/c", true)]
    public void A_filter_matches_as_the_specification_tells(string filter, string topic, bool matches) =>
        Assert.Equal(matches, TopicFilter.Matches(filter, topic));

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("/", true)]
    [InlineData("#", true)]
    [InlineData("+", true)]
    [InlineData("+/tennis/#", true)]
    [InlineData("a//#", true)]
    [InlineData("", false)]
    [InlineData("sport/tennis#", false)]
    [InlineData("sport/tennis/#/ranking", false)]
    [InlineData("#/", false)]
    [InlineData("sport+", false)]
    [InlineData("a/b+/c", false)]
    public void A_wildcard_stands_alone_in_its_level(string filter, bool isValid) =>
        Assert.Equal(isValid, TopicFilter.IsValid(filter));

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("$SYS", true)]
    [InlineData("", false)]
    [InlineData("a/#", false)]
    [InlineData("+", false)]
    public void A_topic_name_has_no_wildcards(string topic, bool isName) =>
        Assert.Equal(isName, TopicFilter.IsTopicName(topic));
}
