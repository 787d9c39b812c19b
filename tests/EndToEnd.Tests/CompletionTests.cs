using TestKit;

namespace EndToEnd.Tests;

/// <summary>The script of <c>sim800 completion bash</c> in a bash.</summary>
[Trait("Category", "Interop")]
public sealed class CompletionTests
{
    private const string Shell = """
        PATH=$0:$PATH
        source <(sim800 completion bash)
        COMP_LINE=$1 COMP_POINT=${#1}
        read -ra COMP_WORDS <<<"$1"
        [[ $1 != *' ' ]] || COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _sim800
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    [Theory]
    [InlineData("sim800 pu", "pub")]
    [InlineData("sim800 pub --topi", "--topic")]
    [InlineData("sim800 pub --tls-engine ", "bouncycastle\nplatform")]
    [InlineData("sim800 pub --tls-engine p", "platform")]
    [InlineData("sim800 sub -q ", "0\n1\n2")]
    [InlineData("sim800 monitor --att", "--attach")]
    [InlineData("sim800 completion f", "fish")]
    [InlineData("sim800 pub -f /does/not/exi", "")] // files are the shell's
    public async Task Bash_completes_words(string line, string expected)
    {
        await using var bash = ProgramRun.Start(Tool.PathOf("bash"), "-c", Shell, AppContext.BaseDirectory, line);
        Assert.True(await bash.ExitCodeAsync() == 0, bash.Error);
        Assert.Equal(expected, bash.Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task A_full_disk_under_the_help_is_one_sentence()
    {
        await using var run = ProgramRun.StartOurs("sim800", "> /dev/full", ["--help"]);
        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.StartsWith("sim800: ", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
