using System.CommandLine;
using Sim800.Cli.Options;

namespace Sim800.Cli.Tests.Options;

public sealed class TlsSessionOptionsTests
{
    private readonly TestHost _test = new();

    [Fact]
    public void Nothing_is_kept_unless_asked_for() => Assert.Null(Read("-h h").Tls.SessionFolder);

    [Fact]
    public void A_folder_is_an_option_of_tls()
    {
        var settings = Read("-h h -p 1884 --tls-sessions kept");
        Assert.Equal(("kept", true), (settings.Tls.SessionFolder, settings.UseTls));
    }

    [Fact]
    public void The_environment_fills_in_and_the_command_line_wins()
    {
        _test.Variables["SIM800_TLS_SESSIONS"] = "usual";
        Assert.Equal("usual", Read("-h h").Tls.SessionFolder);
        Assert.Null(Read("-h h").UseTls);
        Assert.Equal("mine", Read("-h h --tls-sessions mine").Tls.SessionFolder);
    }

    [Theory]
    [InlineData("--no-tls")]
    [InlineData("--tls-engine platform")]
    [InlineData("--psk 00ff --psk-identity gw")]
    public void Where_no_session_can_be_kept_the_option_is_refused_and_the_environment_gives_way(string line)
    {
        var thrown = Assert.Throws<UsageException>(() => Read($"-h h {line} --tls-sessions kept"));
        Assert.Contains("--tls-engine bouncycastle", thrown.Message, StringComparison.Ordinal);
        _test.Variables["SIM800_TLS_SESSIONS"] = "usual";
        Assert.Null(Read($"-h h {line}").Tls.SessionFolder);
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, "x");
        Assert.Contains("takes a folder", Assert.Throws<UsageException>(() => Read($"-h h --tls-sessions {file.Path}")).Message, StringComparison.Ordinal);
    }

    private BrokerSettings Read(string line)
    {
        var (broker, sessions, command) = (new BrokerOptions(), new TlsSessionOptions(), new Command("x"));
        broker.AddTo(command);
        sessions.AddTo(command);
        var result = command.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(result.Errors);
        return sessions.Complete(broker.Read(result, _test.Host), result, _test.Host);
    }
}
