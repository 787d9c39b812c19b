using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace EndToEnd.Tests;

/// <summary>A program that runs beside the test and is ended with it.</summary>
internal sealed class ProgramRun : IAsyncDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int Interrupt = 2;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly ConcurrentQueue<(Func<bool> Condition, TaskCompletionSource Met)> _waiting = [];

    private ProgramRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    internal string Output => Text(_output);

    internal string Error => Text(_error);

    /// <summary>One of the programs built with these tests: <c>sim800</c> or a sample.</summary>
    internal static ProgramRun StartOurs(string program, params IEnumerable<string> arguments) => Start(PathOf(program), arguments);

    /// <summary>With more of a shell's pipeline behind it.</summary>
    internal static ProgramRun StartOurs(string program, string pipeline, IEnumerable<string> arguments) =>
        Start("sh", ["-c", $"\"$0\" \"$@\" {pipeline}", PathOf(program), .. arguments]);

    /// <summary>
    /// Where one of our programs lies: in the folder that <c>SIM800_TEST_PROGRAMS</c> names, if it is there, which may hold them as they
    /// are shipped, compiled ahead; otherwise beside these tests.
    /// </summary>
    internal static string PathOf(string program) =>
        Environment.GetEnvironmentVariable("SIM800_TEST_PROGRAMS") is { Length: > 0 } folder && File.Exists(Path.Combine(folder, program))
            ? Path.Combine(folder, program)
            : Path.Combine(AppContext.BaseDirectory, program);

    internal static ProgramRun Start(string path, params IEnumerable<string> arguments)
    {
        // Where the tests run in the background, Ctrl-C is ignored and children inherit that: give them the default back.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("SIM800_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        return new ProgramRun(Process.Start(start)!);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    /// <summary>Writes to its standard input and closes it.</summary>
    internal async Task GiveAsync(string text)
    {
        await TypeAsync(text);
        _process.StandardInput.Close();
    }

    /// <summary>Standard input, with more to come.</summary>
    internal Task TypeAsync(string text) => _process.StandardInput.WriteAsync(text.AsMemory(), TestContext.Current.CancellationToken);

    /// <summary>Its first line of output, such as the device of a virtual modem.</summary>
    internal async Task<string> FirstLineAsync()
    {
        await UntilAsync(() => Output.Contains('\n'));
        return Output.Split('\n')[0];
    }

    internal Task UntilOutputAsync(string text) => UntilAsync(() => Output.Contains(text, StringComparison.Ordinal));

    internal Task UntilErrorAsync(string text) => UntilAsync(() => Error.Contains(text, StringComparison.Ordinal));

    internal async Task UntilAsync(Func<bool> condition)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((condition, met));
        Look();
        try
        {
            await met.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited in vain. Output:\n{Output}\nError:\n{Error}");
        }
    }

    /// <summary>What a power cut does to it: it learns of nothing.</summary>
    internal void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>What Ctrl-C does.</summary>
    internal void PressControlC() => Assert.Equal(0, Kill(_process.Id, Interrupt));

    internal async Task<int> ExitCodeAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private static string Text(StringBuilder builder)
    {
        lock (builder)
        {
            return builder.ToString();
        }
    }

    private void Append(StringBuilder builder, string? line)
    {
        if (line is not null)
        {
            lock (builder)
            {
                builder.Append(line).Append('\n');
            }
        }

        Look();
    }

    private void Look()
    {
        foreach (var (condition, met) in _waiting)
        {
            if (condition())
            {
                met.TrySetResult();
            }
        }
    }
}
