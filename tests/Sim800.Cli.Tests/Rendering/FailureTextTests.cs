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
