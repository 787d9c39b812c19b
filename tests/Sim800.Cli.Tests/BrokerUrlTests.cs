namespace Sim800.Cli.Tests;

public sealed class BrokerUrlTests
{
    [Theory]
    [InlineData("mqtt://h/t", "h", 1883, false, null, null, "t")]
    [InlineData("mqtts://h/t/u", "h", 8883, true, null, null, "t/u")]
    [InlineData("mqtts://user:pw@h.example:8884/a/+/b/%23", "h.example", 8884, true, "user", "pw", "a/+/b/%23")] // as mosquitto takes it
    [InlineData("MQTTS://h//a//b?c=d #e/", "h", 8883, true, null, null, "/a//b?c=d #e/")]
    [InlineData("mqtts://u%40x:p%3Aw%2F@h/t", "h", 8883, true, "u@x", "p:w/", "t")]
    [InlineData("mqtts://u:a:b@h/t", "h", 8883, true, "u", "a:b", "t")]
    [InlineData("mqtt://u@127.0.0.1:1", "127.0.0.1", 1, false, "u", null, null)]
    [InlineData("mqtts://h/a/#", "h", 8883, true, null, null, "a/#")]
    public void The_parts_of_an_address_are_told_apart(
        string text, string host, int port, bool tls, string? user, string? password, string? topic) =>
        Assert.Equal(new BrokerUrl(host, port, tls, user, password, topic), BrokerUrl.Parse(text));

    [Theory]
    [InlineData("http://u:hunter2@h/t")]
    [InlineData("u:hunter2@h")]
    [InlineData("mqtts://")]
    [InlineData("mqtts://u:hunter2@h:99999/t")]
    [InlineData("")]
    public void Another_address_is_refused_without_repeating_it(string text)
    {
        var thrown = Assert.Throws<UsageException>(() => BrokerUrl.Parse(text));
        Assert.DoesNotContain("hunter2", thrown.Message, StringComparison.Ordinal);
    }
}
