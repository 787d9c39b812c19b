using Sim800.Cli.Rendering;
using Sim800.Tls;

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
    [InlineData(nameof(TlsClientOptions.ServerName), "-h is no name.")]
    [InlineData(nameof(TlsClientOptions.Port), "-p is no name.")]
    [InlineData(nameof(TlsClientOptions.PreSharedKey), "--psk is no name.")]
    [InlineData(nameof(TlsClientOptions.SessionCache), "--tls-sessions is no name.")]
    [InlineData(nameof(TlsClientOptions.KeyLog), "--capture is no name.")]
    [InlineData("Pool", "Pool is no name.")]
    [InlineData("Trust", "Trust is no name.")]
    public void A_sentence_about_an_option_names_it_as_the_command_line_does(string parameter, string expected)
    {
        Assert.Equal(expected, FailureText.Of(new ArgumentException(parameter + " is no name.", parameter)));
        Assert.Equal("It is no name.", FailureText.Of(new ArgumentException("It is no name.", parameter)));
    }

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
