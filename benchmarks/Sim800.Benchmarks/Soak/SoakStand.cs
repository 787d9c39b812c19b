using System.Diagnostics;
using System.Globalization;
using Sim800.Simulator;

namespace Sim800.Benchmarks.Soak;

/// <summary>
/// Everything there is: a virtual modem on a pseudo-terminal, mosquitto, the program as a process of its own, mosquitto_sub that takes what it
/// publishes, and mosquitto_pub that publishes what it takes, one process a message. In real time.
/// </summary>
internal sealed class SoakStand : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(700);
    private readonly string _folder;
    private readonly string _link;
    private readonly StreamWriter _trace;
    private readonly StreamWriter _line;
    private readonly Lock _traceGate = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly CancellationTokenSource _stopping = new();
    private Process? _observer;
    private Process? _program;
    private Task _driving = Task.CompletedTask;

    internal SoakStand(string folder, int seed)
    {
        (_folder, _link) = (folder, Path.Combine(folder, "ttySIM800"));
        _trace = new StreamWriter(Path.Combine(folder, "trace.txt")) { AutoFlush = true };
        _line = new StreamWriter(Path.Combine(folder, "line.txt"));
        Broker = new SoakBroker(folder);
        Modem = VirtualModem.OnPseudoTerminal(
            new VirtualModemOptions
            {
                Seed = seed,
                RoundTripTime = TimeSpan.FromMilliseconds(600),
                RoundTripJitter = TimeSpan.FromMilliseconds(100),
                Recorder = new TranscriptRecorder(_line),
                Network = SocketNetwork.FromMap([string.Create(CultureInfo.InvariantCulture, $"{SoakBroker.Host}:{Broker.Port}=127.0.0.1:{Broker.Port}")]),
            },
            _link);
    }

    internal SoakBroker Broker { get; }

    internal VirtualModem Modem { get; }

    internal SoakBooks Books { get; } = new();

    /// <summary>Whether mosquitto_pub finds a broker that knows the program; the driver waits meanwhile.</summary>
    internal bool IsDriving { get; set; }

    /// <summary>The most memory and file descriptors the program was seen to have.</summary>
    internal (long Bytes, int Handles) Most { get; private set; }

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        await Broker.StartAsync(cancellationToken);
        StartObserver();
        StartProgram();
        _driving = DriveAsync(cancellationToken);
    }

    /// <summary>Starts the program, with the numbers that follow those it has used.</summary>
    internal void StartProgram()
    {
        var start = OwnProgram.Start(
            "soak-client", _link, Path.Combine(_folder, "session.db"), Broker.AuthorityFile, Text(Broker.Port), Text(Books.Up[1].Last + 1), Text(Books.Up[2].Last + 1));
        _program = Process.Start(start)!;
        Read(_program, line =>
        {
            Books.Enter(line);
            Trace("program " + line);
        });
    }

    /// <summary>kill -9. What it had said before is heard.</summary>
    internal async Task KillProgramAsync()
    {
        Measure();
        _program!.Kill();
        await _program.WaitForExitAsync(CancellationToken.None); // reads to the end of the pipes
        _program.Dispose();
        _program = null;
    }

    /// <summary>Looks at how much the program has.</summary>
    internal void Measure()
    {
        if (_program is { HasExited: false } program)
        {
            program.Refresh();
            Most = (Math.Max(Most.Bytes, program.WorkingSet64), Math.Max(Most.Handles, program.HandleCount));
        }
    }

    internal void Trace(string line)
    {
        lock (_traceGate)
        {
            _trace.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_started).TotalSeconds:0.000} {line}"));
        }
    }

    /// <summary>No more messages of the other side; ends with the last one.</summary>
    internal async Task StopDrivingAsync()
    {
        await _stopping.CancelAsync();
        await _driving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Lets the program finish and waits for its end.</summary>
    internal async Task FinishProgramAsync(CancellationToken cancellationToken)
    {
        _program!.StandardInput.Close();
        await _program.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopDrivingAsync();
        foreach (var process in new[] { _program, _observer }.OfType<Process>())
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        await Modem.DisposeAsync();
        await Broker.DisposeAsync();
        await _trace.DisposeAsync();
        await _line.DisposeAsync();
        _stopping.Dispose();
    }

    private void StartObserver()
    {
        var start = new ProcessStartInfo(
            "mosquitto_sub",
            ["-h", "127.0.0.1", "-p", Text(Broker.PlainPort), "-i", "observer", "-c", "-q", "2", "-t", SoakClient.Up + "#", "-F", "%t"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _observer = Process.Start(start)!;
        Read(_observer, line =>
        {
            Trace("observer " + line);
            if (line.StartsWith(SoakClient.Up, StringComparison.Ordinal))
            {
                var levels = line.Split('/');
                Books.Up[Number(levels[^2])].Arrive(Number(levels[^1]));
            }
        });
    }

    /// <summary>Publishes numbered messages one after another; one that was not confirmed may have arrived or not.</summary>
    private async Task DriveAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        using var timer = new PeriodicTimer(Interval);
        int[] numbers = [0, 0, 0];
        for (var turn = 0; await timer.WaitForNextTickAsync(either.Token); turn++)
        {
            var qos = 1 + (turn % 2);
            if (IsDriving)
            {
                await DriveAsync(qos, numbers[qos]++);
            }
        }
    }

    private async Task DriveAsync(int qos, int number)
    {
        Books.Down[qos].Offer(number);
        var start = new ProcessStartInfo(
            "mosquitto_pub",
            ["-h", "127.0.0.1", "-p", Text(Broker.PlainPort), "-q", Text(qos), "-t", $"{SoakClient.Down}{Text(qos)}/{Text(number)}", "-m", new string('d', number % 150)])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var publisher = Process.Start(start)!;
        Read(publisher, line => Trace("driver " + line));
        await publisher.WaitForExitAsync(CancellationToken.None);
        Trace(string.Create(CultureInfo.InvariantCulture, $"driver {qos} {number} ended with {publisher.ExitCode}"));
        if (publisher.ExitCode == 0)
        {
            Books.Down[qos].Promise(number);
        }
    }

    private void Read(Process process, Action<string> take)
    {
        if (process.StartInfo.RedirectStandardOutput)
        {
            process.OutputDataReceived += (_, said) =>
            {
                if (said.Data is { } line)
                {
                    take(line);
                }
            };
            process.BeginOutputReadLine();
        }

        process.ErrorDataReceived += (_, said) =>
        {
            if (said.Data is { } line)
            {
                Trace("stderr " + line);
            }
        };
        process.BeginErrorReadLine();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
