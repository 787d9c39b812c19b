using System.CommandLine;
using Sim800.Wording;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 completion</c>: what a shell reads so that the tab key completes verbs, options and values.</summary>
internal static class CompletionVerb
{
    private const string Bash = """
        _sim800() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(sim800 "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _sim800 sim800
        """;

    private const string Zsh = """
        #compdef sim800
        _sim800() {
          local -a words_found
          words_found=("${(@f)$(sim800 "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
          compadd -- "${(@)words_found:#}" || _files
        }
        compdef _sim800 sim800
        """;

    private const string Fish = """
        complete -c sim800 -a '(set -l line (commandline -cp); sim800 "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName sim800 -ScriptBlock {
          param($word, $line, $position)
          sim800 "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["powershell"] = PowerShell,
    };

    internal static Command Build(CliHost host)
    {
        var command = new Command("completion", "Print what a shell reads to complete the words of sim800.");
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or powershell." };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        command.Add(shell);
        command.Runs(host, async (result, _) =>
        {
            await host.WriteLineAsync(Scripts.TryGetValue(result.GetValue(shell)!.ToLowerInvariant(), out var script)
                ? script
                : throw new UsageException($"completion takes {string.Join(", ", Scripts.Keys)}.{Spelling.Hint(result.GetValue(shell)!, Scripts.Keys)}")).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
