using System.Diagnostics;

namespace Sim800.Tls.Tests.Interop;

/// <summary>A test of these, run in a process of its own with variables that are read when a process starts.</summary>
internal static class OtherProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static async Task<(int ExitCode, string Output)> RunAsync(Type tests, string method, params (string Name, string Value)[] variables)
    {
        var cancel = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", ["exec", tests.Assembly.Location, "-method", $"{tests.FullName}.{method}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        try
        {
            await process.WaitForExitAsync(cancel).WaitAsync(Patience, cancel);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, await output + await errors);
    }
}
