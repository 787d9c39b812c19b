using System.Buffers;
using System.Text;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Tests.Conformance;

namespace Sim800.Mqtt.Tests.Codec;

public sealed class WireTextTests
{
    [Fact]
    [Statement("MQTT-1.5.3-1")]
    public void Half_of_a_surrogate_pair_cannot_be_said_and_the_cause_is_kept()
    {
        const string text = "a\uD800";
        Assert.False(WireText.IsValid(text));
        var e = Assert.Throws<ArgumentException>("topic", () => WireText.ThrowIfInvalid(text, "topic"));
        Assert.Contains("surrogate", e.Message, StringComparison.Ordinal);
        Assert.IsType<EncoderFallbackException>(e.InnerException, exactMatch: false);
    }

    [Fact]
    [Statement("MQTT-1.5.3-2")]
    public void U_0000_cannot_be_said()
    {
        Assert.False(WireText.IsValid("a\0"));
        var e = Assert.Throws<ArgumentException>("topic", () => WireText.ThrowIfInvalid("a\0", "topic"));
        Assert.Contains("U+0000", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_text_has_65535_bytes_of_UTF_8()
    {
        var longest = "ä" + new string('z', ushort.MaxValue - 2);
        Assert.True(WireText.IsValid(longest));
        WireText.ThrowIfInvalid(longest, "topic");
        Assert.Equal(2 + ushort.MaxValue, Wire.Bytes(output => WireText.WriteString(output, longest)).Length);

        var tooLong = longest + "z";
        Assert.False(WireText.IsValid(tooLong));
        var e = Assert.Throws<ArgumentException>("topic", () => WireText.ThrowIfInvalid(tooLong, "topic"));
        Assert.Contains("65,535", e.Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => WireText.WriteString(new ArrayBufferWriter<byte>(), tooLong));
    }

    [Fact]
    public void Bytes_that_their_length_cannot_tell_are_not_written() =>
        Assert.Throws<OverflowException>(() => WireText.WriteBytes(new ArrayBufferWriter<byte>(), new byte[ushort.MaxValue + 1]));

    [Fact]
    public void A_text_that_is_missing_is_named() =>
        Assert.Throws<ArgumentNullException>("topic", () => WireText.ThrowIfInvalid(null!, "topic"));

    [Theory]
    [InlineData("\u0001a", "U+0001")]
    [InlineData("a\u001F", "U+001F")]
    [InlineData("a\u007F", "U+007F")]
    [InlineData("\u009F", "U+009F")]
    public void A_control_character_is_named_wherever_it_stands(string text, string name)
    {
        var e = Assert.Throws<ArgumentException>("topic", () => WireText.ThrowIfControl(text, "topic"));
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(MqttClientOptions.AllowControlCharacters), e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b~\u00A0")]
    public void What_lies_beside_the_control_characters_is_none(string text) => WireText.ThrowIfControl(text, "topic");
}
