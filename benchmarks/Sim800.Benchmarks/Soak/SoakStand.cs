using System.Diagnostics;
using System.Globalization;
using Sim800.Simulator;

namespace Sim800.Benchmarks.Soak;

/// <summary>
/// Everything there is: a virtual modem on a pseudo-terminal, mosquitto, the two programs as processes of their own, one over the modem and one
/// over TCP, mosquitto_sub that takes what they publish, and mosquitto_pub that publishes what they take, one process a message. In real time.
/// </summary>
internal sealed class SoakStand : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(350);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private readonly StreamWriter _trace;
    private readonly StreamWriter _line;
    private readonly Lock _traceGate = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly CancellationTokenSource _stopping = new();
    private Process? _observer;
    private Task _driving = Task.CompletedTask;
    private Task _looking = Task.CompletedTask;

    internal SoakStand(string folder, int seed)
    {
        var link = Path.Combine(folder, "ttySIM800");
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
            link);
        Programs =
        [
            .. new[] { SoakClient.OverModem, SoakClient.OverTcp }.Select(name => new SoakProgram(
                name, [link, Path.Combine(folder, name + ".db"), Broker.AuthorityFile, Text(Broker.Port)], Trace)),
        ];
    }

    internal SoakBroker Broker { get; }

    internal VirtualModem Modem { get; }

    internal IReadOnlyList<SoakProgram> Programs { get; }

    /// <summary>Whether mosquitto_pub finds a broker that knows the programs; the driver waits meanwhile.</summary>
    internal bool IsDriving { get; set; }

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        await Broker.StartAsync(cancellationToken);
        StartObserver();
        foreach (var program in Programs)
        {
            program.Start();
        }

        _driving = DriveAsync(cancellationToken);
        _looking = LookAsync(cancellationToken);
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
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopDrivingAsync();
        foreach (var program in Programs)
        {
            await program.DisposeAsync();
        }

        if (_observer is { } observer)
        {
            observer.Kill(); // nothing is done to one that has ended
            await observer.WaitForExitAsync(CancellationToken.None);
            observer.Dispose();
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
            ["-h", "127.0.0.1", "-p", Text(Broker.PlainPort), "-i", "observer", "-c", "-q", "2", "-t", SoakClient.Up("+") + "#", "-F", "%t"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _observer = Process.Start(start)!;
        SoakProgram.Read(_observer, Take, Trace);

        void Take(string line)
        {
            Trace("observer " + line);
            if (line.Split('/') is ["soak", var name, "up", var qos, var number])
            {
                Programs.Single(program => string.Equals(program.Name, name, StringComparison.Ordinal)).Books.Up[Number(qos)].Arrive(Number(number));
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        using var timer = new PeriodicTimer(LookInterval);
        while (await timer.WaitForNextTickAsync(either.Token))
        {
            foreach (var program in Programs)
            {
                program.Measure(Stopwatch.GetElapsedTime(_started));
            }
        }
    }

    /// <summary>Publishes numbered messages one after another; one that was not confirmed may have arrived or not.</summary>
    private async Task DriveAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        using var timer = new PeriodicTimer(Interval);
        for (var turn = 0; await timer.WaitForNextTickAsync(either.Token); turn++)
        {
            var program = Programs[turn % Programs.Count];
            var qos = 1 + (turn / Programs.Count % 2);
            if (IsDriving)
            {
                await DriveAsync(program, qos, program.Books.Down[qos].Last + 1);
            }
        }
    }

    private async Task DriveAsync(SoakProgram program, int qos, int number)
    {
        program.Books.Down[qos].Offer(number);
        var start = new ProcessStartInfo(
            "mosquitto_pub",
            ["-h", "127.0.0.1", "-p", Text(Broker.PlainPort), "-q", Text(qos), "-t", $"{SoakClient.Down(program.Name)}{Text(qos)}/{Text(number)}", "-m", new string('d', number % 150)])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var publisher = Process.Start(start)!;
        SoakProgram.Read(publisher, line => Trace("driver " + line), Trace);
        await publisher.WaitForExitAsync(CancellationToken.None);
        Trace(string.Create(CultureInfo.InvariantCulture, $"driver {program.Name} {qos} {number} ended with {publisher.ExitCode}"));
        if (publisher.ExitCode == 0)
        {
            program.Books.Down[qos].Promise(number);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
