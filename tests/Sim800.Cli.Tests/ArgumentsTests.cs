using System.CommandLine;
using Sim800.Cli.Options;

namespace Sim800.Cli.Tests;

public sealed class ArgumentsTests : IDisposable
{
    private readonly TestHost _test = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-arguments-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("pub -m -- -t -x", "pub -m=-- -t=-x")]
    [InlineData("pub -m -t -t @y", "pub -m=-t -t=@y")]
    [InlineData("pub -t -o -m x", "pub -t=-o -m=x")]
    [InlineData("pub -m --help", "pub -m=--help")]
    [InlineData("pub -m a=b:c", "pub -m=a=b:c")]
    [InlineData("pub -m=x --quiet", "pub -m=x --quiet")]
    [InlineData("pub -t a --topic b -t c", "pub -t=c")]
    [InlineData("pub --quiet --quiet", "pub --quiet")]
    [InlineData("pub -m a -m b", "pub -m=a -m=b")]
    [InlineData("pub -m", "pub -m")]
    [InlineData("at --quiet -- -m --quiet", "at --quiet -- -m --quiet")]
    [InlineData("pub stray -t t", "pub stray -t=t")]
    [InlineData("bup -t a -t b", "bup -t a -t b")]
    [InlineData("[suggest:3] sim800", "[suggest:3] sim800")]
    public void The_word_after_an_option_is_its_value_and_the_last_one_counts(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(line.Split(' '))));

    [Fact]
    public void What_takes_no_words_has_no_end_of_options() =>
        Assert.Contains("'--' is no option", Assert.Throws<UsageException>(() => Read("pub", "-t", "t", "--")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_value_is_a_value() => Assert.Equal(["pub", "-m", "", "-t=t"], Read("pub", "-m", "", "-t", "t"));

    [Fact]
    public void Defaults_come_from_a_file_and_the_command_line_wins()
    {
        _test.Variables["XDG_CONFIG_HOME"] = _folder.FullName;
        File.WriteAllText(Path.Combine(_folder.FullName, "sim800_pub"), "# ours\n\n-t from file\n-m a\n--quiet\n");
        Assert.Equal(["pub", "-m=a", "--quiet", "-t=mine"], Read("pub", "-t", "mine"));
        Assert.Equal(["pub", "-t=from file", "-m=a", "--quiet", "-m=b"], Read("pub", "-m", "b"));
    }

    [Fact]
    public void The_file_is_in_the_home_folder_or_where_it_is_said_to_be()
    {
        _test.Variables["HOME"] = _folder.FullName;
        var usual = Path.Combine(_folder.CreateSubdirectory(".config").FullName, "sim800_pub");
        var other = Path.Combine(_folder.FullName, "other");
        File.WriteAllText(usual, "-t usual\n");
        File.WriteAllText(other, "-t other\n");
        Assert.Equal(["pub", "-t=usual"], Read("pub"));
        Assert.Equal(["pub", "-t=other", $"-o={other}"], Read("pub", "-o", other));
    }

    [Theory]
    [InlineData("--topik a", "'--topik' is no option of sim800 pub. Did you mean --topic?")]
    [InlineData("-o a", "'-o' is no option")]
    [InlineData("-A 127.0.0.1", "-A is refused: the modem has one address")]
    public void A_line_of_the_file_that_cannot_be_meant_is_named(string line, string expected)
    {
        var file = Path.Combine(_folder.FullName, "f");
        File.WriteAllText(file, line + "\n");
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Read("pub", "-o", file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_or_too_large_is_refused()
    {
        var file = Path.Combine(_folder.FullName, "f");
        Assert.Throws<UsageException>(() => Read("pub", "-o", file));
        File.WriteAllText(file, new string('#', 100_000));
        Assert.Throws<UsageException>(() => Read("pub", "-o", file));
    }

    private string[] Read(params string[] words)
    {
        var pub = new Command("pub")
        {
            new Option<string?>("--topic", "-t"),
            new Option<string[]>("--message", "-m") { Arity = ArgumentArity.OneOrMore },
            new Option<bool>("--quiet"),
            new RefusedOption("-A", string.Empty, "ADDRESS", "the modem has one address."),
            new DefaultsOption("pub"),
        };
        var at = new Command("at") { new Option<bool>("--quiet"), new Argument<string[]>("commands") };
        return Arguments.ForParser(new RootCommand { pub, at }, words, _test.Host);
    }
}
