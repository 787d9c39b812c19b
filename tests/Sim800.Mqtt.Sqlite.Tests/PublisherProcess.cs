using System.Diagnostics;
using System.Globalization;

namespace Sim800.Mqtt.Sqlite.Tests;

/// <summary>One run of the CrashPublisher.</summary>
internal sealed class PublisherProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();
    private Timer? _killer;
    private bool _isDisposed;

    internal PublisherProcess(int port, string file, string clientId, string run)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "CrashPublisher.dll");
        _process = Process.Start(new ProcessStartInfo(
            "dotnet", [program, port.ToString(CultureInfo.InvariantCulture), file, clientId, run])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
    }

    internal int ExitCode => _process.ExitCode;

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _killer?.Dispose();
            _process.Dispose();
        }
    }

    /// <summary>SIGKILL, which no program can delay.</summary>
    internal void KillAfter(int milliseconds)
    {
        _killer?.Dispose();
        _killer = new Timer(_ => Kill(), null, milliseconds, Timeout.Infinite);
    }

    /// <summary>Waits until so many messages are confirmed, or it is dead.</summary>
    internal async Task ReadAsync(int confirmed, CancellationToken cancellationToken)
    {
        while (_lines.Count < confirmed && await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            _lines.Add(line);
        }
    }

    /// <summary>What it said until it was dead; a line that was cut counts as unsaid.</summary>
    internal async Task<List<string>> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var said = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        _lines.AddRange(said.Split('\n')[..^1]);
        return _lines;
    }

    private void Kill()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _process.Kill();
            }
        }
    }
}
