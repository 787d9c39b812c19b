using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Sim800.Benchmarks.Soak;

/// <summary>One of the two programs, as a process of its own, and what it and the other side have said of its messages.</summary>
/// <param name="name"><see cref="SoakClient.OverModem"/> or <see cref="SoakClient.OverTcp"/>.</param>
/// <param name="arguments">Those of the program behind its name and before the first numbers.</param>
/// <param name="trace">Takes each of its lines.</param>
internal sealed class SoakProgram(string name, IReadOnlyList<string> arguments, Action<string> trace) : IAsyncDisposable
{
    private readonly List<SoakSample> _samples = [];
    private Process? _process;
    private int _life;

    internal string Name => name;

    internal SoakBooks Books { get; } = new();

    /// <summary>What it had at each look.</summary>
    internal IReadOnlyList<SoakSample> Samples => _samples;

    /// <summary>Starts it, with the numbers that follow those it has used.</summary>
    internal void Start()
    {
        _life++;
        _process = Process.Start(OwnProgram.Start(["soak-client", name, .. arguments, Text(Books.Up[1].Last + 1), Text(Books.Up[2].Last + 1)]))!;
        Read(
            _process,
            line =>
            {
                Books.Enter(line);
                trace($"{name} {line}");
            },
            line => trace($"{name} {line}"));
    }

    /// <summary>Hears what a process says from now on, line by line.</summary>
    /// <param name="process">Its standard error goes to a pipe; its standard output may.</param>
    /// <param name="take">Takes its standard output.</param>
    /// <param name="complain">Takes its standard error.</param>
    internal static void Read(Process process, Action<string> take, Action<string> complain)
    {
        if (process.StartInfo.RedirectStandardOutput)
        {
            process.OutputDataReceived += (_, said) => Pass(said.Data, take);
            process.BeginOutputReadLine();
        }

        process.ErrorDataReceived += (_, said) => Pass(said.Data is { } line ? "stderr " + line : null, complain);
        process.BeginErrorReadLine();

        static void Pass(string? line, Action<string> to)
        {
            if (line is not null)
            {
                to(line);
            }
        }
    }

    /// <summary>kill -9. What it had said before is heard.</summary>
    internal async Task KillAsync()
    {
        var process = _process!;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None); // reads to the end of the pipes
        process.Dispose();
    }

    /// <summary>Looks at how much it has.</summary>
    /// <param name="at">Since the beginning.</param>
    internal void Measure(TimeSpan at)
    {
        if (_process is not { } process)
        {
            return;
        }

        try
        {
            process.Refresh();
            _samples.Add(new SoakSample(at, _life, process.WorkingSet64, process.HandleCount, process.Threads.Count));
        }
        catch (InvalidOperationException e)
        {
            trace($"{name} has ended: {e.Message}");
        }
    }

    /// <summary>Lets it finish and waits for its end.</summary>
    internal async Task FinishAsync(CancellationToken cancellationToken)
    {
        _process!.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill(); // nothing is done to one that has ended
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a program had at one moment.</summary>
/// <param name="At">Since the beginning.</param>
/// <param name="Life">How often it had been started.</param>
/// <param name="Bytes">Its memory (resident).</param>
/// <param name="Handles">Its open file descriptors.</param>
/// <param name="Threads">Its threads.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SoakSample(TimeSpan At, int Life, long Bytes, int Handles, int Threads);
