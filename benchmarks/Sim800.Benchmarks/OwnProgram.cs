using System.Diagnostics;

namespace Sim800.Benchmarks;

/// <summary>This program, to be started once more with other arguments, as <c>dotnet</c> with its assembly or as a program of its own.</summary>
internal static class OwnProgram
{
    internal static ProcessStartInfo Start(params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(program, isHost ? [typeof(OwnProgram).Assembly.Location, .. arguments] : arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
