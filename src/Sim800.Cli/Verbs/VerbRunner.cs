using System.CommandLine;
using Sim800.Cli.Rendering;

namespace Sim800.Cli.Verbs;

/// <summary>Runs the work of a verb and gives its end an exit code.</summary>
internal static class VerbRunner
{
    internal static void Runs(this Command command, CliHost host, Func<ParseResult, CancellationToken, Task<int>> work) =>
        command.SetAction((result, cancellationToken) => RunAsync(host, () => work(result, cancellationToken), cancellationToken));

    private static async Task<int> RunAsync(CliHost host, Func<Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await host.Error.WriteLineAsync("sim800: interrupted").ConfigureAwait(false);
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (FailureText.IsExpected(e))
        {
            await host.Error.WriteLineAsync($"sim800: {FailureText.Of(e)}").ConfigureAwait(false);
            return ExitCode.Of(e);
        }
    }
}
