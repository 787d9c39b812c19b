using System.Diagnostics;

namespace TestKit;

/// <summary>A server of a test: what it prints is thrown away, and it is killed, with all that it has started, in the end.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Starts it with both outputs redirected.</summary>
    public static ServerProcess Start(ProcessStartInfo start)
    {
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true);
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServerProcess(process);
    }

    public static ServerProcess Start(string program, params string[] arguments) => Start(new ProcessStartInfo(program, arguments));

    /// <summary>For a program that ends by itself.</summary>
    public Task EndedAsync() => _process.WaitForExitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await EndedAsync();
        _process.Dispose();
    }
}
