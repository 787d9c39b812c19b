using Sim800.Cli.Rendering;

namespace Sim800.Cli.Tests.Rendering;

public sealed class FailureTextTests
{
    [Fact]
    public void A_failure_is_one_line() =>
        Assert.Equal("The  file is gone.", FailureText.Of(new IOException("The\r\nfile is gone.\n")));

    [Fact]
    public void The_name_of_a_parameter_is_nobodys_business() =>
        Assert.Equal("Not so.", FailureText.Of(Assert.Throws<ArgumentException>(() => Refuse("x"))));

    [Theory]
    [InlineData("Trust it with TlsTrust.FromPemFile.", "Trust it with --cafile.")]
    [InlineData("Switch TLS on for this port.", "Switch TLS on (--tls) for this port.")]
    [InlineData("Use port 8883, or switch TLS off for this port.", "Use port 8883, or switch TLS off (--no-tls) for this port.")]
    [InlineData("Use port 8883 with TLS, or switch MQTT over WebSocket on.", "Use port 8883 with TLS, or switch MQTT over WebSocket on (--ws).")]
    [InlineData("Check the access point name (APN), its user and password.", "Check the access point name (--apn), its user and password.")]
    public void Advice_is_spelled_as_on_the_command_line(string ofTheLibrary, string expected) =>
        Assert.Equal(expected, FailureText.Of(new IOException(ofTheLibrary)));

    [Fact]
    public void Defects_of_ours_are_not_hidden()
    {
        Assert.False(FailureText.IsExpected(new InvalidOperationException()));
        Assert.False(FailureText.IsExpected(new NotSupportedException()));
        Assert.True(FailureText.IsExpected(new FileNotFoundException()));
        Assert.True(FailureText.IsExpected(new PlatformNotSupportedException()));
    }

    private static void Refuse(string value) => throw new ArgumentException("Not so.", nameof(value));
}
