using Sim800.Mqtt.Tests.Conformance;

namespace Sim800.Mqtt.Tests.Client;

public sealed class MqttClientOptionsTests
{
    public static TheoryData<MqttClientOptions> Wrong =>
    [
        new MqttClientOptions { ClientId = "a\0" },
        new MqttClientOptions { KeepAlive = TimeSpan.FromSeconds(-1) },
        new MqttClientOptions { KeepAlive = TimeSpan.FromSeconds(65_536) },
        new MqttClientOptions { KeepAlive = TimeSpan.FromSeconds(1.5) },
        new MqttClientOptions { MaxPacketSize = 1 },
        new MqttClientOptions { MaxPacketSize = int.MaxValue },
        new MqttClientOptions { MaxInFlight = 0 },
        new MqttClientOptions { MaxInFlight = 40_000 },
        new MqttClientOptions { MaxInFlightExactlyOnce = 0 },
        new MqttClientOptions { MaxUnclaimedMessages = -1 },
        new MqttClientOptions { ConnectTimeout = TimeSpan.Zero },
        new MqttClientOptions { ResponseTimeout = TimeSpan.Zero },
        new MqttClientOptions { DisconnectTimeout = TimeSpan.Zero },
        new MqttClientOptions { UnclaimedTimeout = TimeSpan.Zero },
        new MqttClientOptions { HeldBackWarning = TimeSpan.Zero },
        new MqttClientOptions { Will = new MqttMessage("a/#", "") },
        new MqttClientOptions { Will = new MqttMessage("a", new byte[65_536]) },
        new MqttClientOptions { Will = new MqttMessage("a", "", (MqttQoS)3) },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    [Statement("MQTT-3.1.2-14")]
    public void Out_of_range(MqttClientOptions options) => Assert.Throws<ArgumentException>(options.Validate);

    [Fact]
    public void The_defaults_are_valid() => new MqttClientOptions().Validate();

    [Fact]
    public void A_subscription_asks_for_a_known_QoS_and_some_room()
    {
        Assert.Throws<ArgumentException>(() => MqttTopicFilter.Distinct([new("a", (MqttQoS)3)]));
        Assert.Throws<ArgumentException>(() => MqttTopicFilter.Distinct([]));
        Assert.Throws<ArgumentException>(() => new MqttSubscribeOptions { Capacity = 0 }.Validate("options"));
    }

    [Fact]
    public void Credentials_are_never_printed()
    {
        var credentials = new MqttCredentials("jürgen", "geheim");
        var printed = $"{credentials} {new MqttClientOptions { Credentials = credentials }}";
        Assert.DoesNotContain("geheim", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("jürgen", printed, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MqttCredentials("u", new byte[65_536]));
        Assert.Throws<ArgumentException>(() => new MqttCredentials("\0", "p"));
    }

    [Fact]
    public void Messages_are_equal_when_they_say_the_same()
    {
        var message = new MqttMessage { Topic = "a", Payload = "x"u8.ToArray(), QoS = MqttQoS.AtLeastOnce, Retain = true };
        Assert.Equal(message, message with { Payload = "x"u8.ToArray() });
        Assert.Equal(message.GetHashCode(), (message with { Payload = "x"u8.ToArray() }).GetHashCode());
        Assert.NotEqual(message, message with { Payload = "y"u8.ToArray() });
        Assert.NotEqual(message, message with { Topic = "b" });
        Assert.NotEqual(message, message with { Retain = false });
        Assert.False(message.Equals(null));
        Assert.Equal("a (1 bytes, AtLeastOnce, retained)", message.ToString());
        Assert.Equal("a (1 bytes, AtLeastOnce)", (message with { Retain = false }).ToString());
        message.Acknowledge();
    }
}
