using System.Buffers;
using System.Text;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Tests.Topics;

public sealed class TopicCacheTests
{
    private readonly TopicCache _cache = new();

    [Fact]
    public void A_topic_seen_before_is_the_same_string() => Assert.Same(Get("site/7/ä"), Get("site/7/ä"));

    [Fact]
    public void More_topics_than_slots_are_all_read_right()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var index = 0; index < 500; index++)
            {
                Assert.Equal($"site/{index}", Get($"site/{index}"));
            }
        }
    }

    [Fact]
    public void A_long_topic_is_read_and_not_kept()
    {
        var topic = new string('x', 300);
        Assert.Equal(topic, Get(topic));
        Assert.NotSame(Get(topic), Get(topic));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/#")]
    public void What_is_no_topic_is_refused(string topic) =>
        Assert.Equal(MqttProtocolError.InvalidTopic, Wire.ErrorOf(() => Get(topic)));

    private string Get(string topic) => _cache.Get(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(topic)));
}
