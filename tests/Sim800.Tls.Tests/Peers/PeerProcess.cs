using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sim800.Tls.Tests.Peers;

/// <summary>A server that somebody else wrote, as a process of its own.</summary>
public sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PeerProcess(string program, IEnumerable<string> arguments, DirectoryInfo folder, Func<string, bool> isReady)
    {
        _folder = folder;
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                WorkingDirectory = folder.FullName,
            },
        };
        _process.OutputDataReceived += (_, e) => Hear(e.Data, isReady);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data, isReady);
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>A folder of the process's own; give files to it with <see cref="WriteFile"/>.</summary>
    public static DirectoryInfo CreateFolder() => Directory.CreateTempSubdirectory("sim800-tls-");

    public static string WriteFile(DirectoryInfo folder, string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Starts a program and waits for the line that says it listens.</summary>
    public static async Task<PeerProcess> StartAsync(
        string program, IEnumerable<string> arguments, DirectoryInfo folder, Func<string, bool> isReady)
    {
        var peer = new PeerProcess(program, arguments, folder, isReady);
        peer._process.Start();
        peer._process.BeginOutputReadLine();
        peer._process.BeginErrorReadLine();
        try
        {
            await peer._ready.Task.WaitAsync(StartLimit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException e)
        {
            await peer.DisposeAsync();
            throw new InvalidOperationException($"{program} did not start:\n{peer.Output}", e);
        }

        return peer;
    }

    /// <summary>Starts a program that says nothing, and waits until its port answers.</summary>
    public static async Task<PeerProcess> StartAsync(string program, IEnumerable<string> arguments, DirectoryInfo folder, int port)
    {
        var peer = new PeerProcess(program, arguments, folder, _ => false);
        peer._process.Start();
        peer._process.BeginOutputReadLine();
        peer._process.BeginErrorReadLine();
        var started = Stopwatch.StartNew();
        while (!await AnswersAsync(port))
        {
            if (started.Elapsed > StartLimit || peer._process.HasExited)
            {
                await peer.DisposeAsync();
                throw new InvalidOperationException($"{program} did not start:\n{peer.Output}");
            }
        }

        return peer;
    }

    /// <summary>The first line of output with <paramref name="part"/> in it.</summary>
    public string LineWith(string part)
    {
        lock (_output)
        {
            return _output.First(line => line.Contains(part, StringComparison.Ordinal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken); // the program needs the processor now
            return false;
        }
    }

    private void Hear(string? line, Func<string, bool> isReady)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (isReady(line))
        {
            _ready.TrySetResult(line);
        }
    }
}
