using System.IO.Pipelines;
using System.Runtime.Versioning;
using System.Threading.Channels;
using Sim800.Simulator.Line;

namespace Sim800.Simulator;

/// <summary>
/// A line to a modem as a device file: programs that open the device talk to that modem. With <see cref="ReplayedModem"/> a
/// transcript becomes a device, with <see cref="SerialDeviceLine"/> and <see cref="TranscriptRecorder"/> any program's session with a
/// real modem a transcript. Linux only.
/// </summary>
/// <remarks>What the modem says before the device has been opened for the first time waits; later it is lost while nobody has it open.</remarks>
public sealed class PseudoTerminalLine : IAsyncDisposable
{
    /// <summary>A pseudo-terminal cannot be awaited: it is looked at again after this time.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    private readonly IDuplexPipe _line;
    private readonly PseudoTerminal _terminal;
    private readonly Channel<byte[]> _fromHost = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _taken = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _reading;
    private readonly Task _forwarding;

    [SupportedOSPlatform("linux")]
    private PseudoTerminalLine(IDuplexPipe line, PseudoTerminal terminal)
    {
        (_line, _terminal) = (line, terminal);
        DevicePath = terminal.DevicePath;
        _reading = Task.Factory.StartNew(ReadHost, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _forwarding = Task.Run(ForwardAsync, CancellationToken.None);
        Completion = Task.Run(DeliverAsync, CancellationToken.None);
    }

    /// <summary>The device to open: the link path when one was given.</summary>
    public string DevicePath { get; }

    /// <summary>
    /// Ends when the modem's side of the line has ended and no host has the device open any more; fails as the line fails.
    /// </summary>
    public Task Completion { get; }

    /// <summary>Puts a line on a pseudo-terminal.</summary>
    /// <param name="line">The host's end of a line to a modem. It is not disposed.</param>
    /// <param name="linkPath">A symbolic link to make to the device; an old link is replaced.</param>
    /// <param name="baudRate">The rate the device shows to its hosts; nothing is paced.</param>
    /// <exception cref="PseudoTerminalException">There is none to be had, or the link could not be made.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static PseudoTerminalLine Open(IDuplexPipe line, string? linkPath = null, int baudRate = 115_200)
    {
        ArgumentNullException.ThrowIfNull(line);
        return OperatingSystem.IsLinux()
            ? new PseudoTerminalLine(line, new PseudoTerminal(baudRate, linkPath))
            : throw new PlatformNotSupportedException("Pseudo-terminals are there on Linux only.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            _terminal.Dispose();
            _taken.Release();
            await _reading.ConfigureAwait(false);
            await _forwarding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _terminal.CloseDescriptors();
            _stopping.Dispose();
            _taken.Dispose();
        }
    }

    [SupportedOSPlatform("linux")]
    private void ReadHost()
    {
        Span<byte> buffer = stackalloc byte[512];
        while (_terminal.Read(buffer) is var count and > 0)
        {
            _fromHost.Writer.TryWrite(buffer[..count].ToArray());
            _taken.Wait(CancellationToken.None);
        }

        _fromHost.Writer.Complete();
    }

    private async Task ForwardAsync()
    {
        await foreach (var bytes in _fromHost.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await _line.Output.WriteAsync(bytes, _stopping.Token).ConfigureAwait(false);
            _taken.Release();
        }
    }

    [SupportedOSPlatform("linux")]
    private async Task DeliverAsync()
    {
        await UntilHostAsync(isThere: true).ConfigureAwait(false);
        bool isLast;
        do
        {
            var result = await _line.Input.ReadAsync(_stopping.Token).ConfigureAwait(false);
            foreach (var segment in result.Buffer)
            {
                await DeliverAsync(segment).ConfigureAwait(false);
            }

            _line.Input.AdvanceTo(result.Buffer.End);
            isLast = result.IsCompleted;
        }
        while (!isLast);

        await UntilHostAsync(isThere: false).ConfigureAwait(false);
    }

    [SupportedOSPlatform("linux")]
    private async Task UntilHostAsync(bool isThere)
    {
        while (_terminal.IsHostThere != isThere)
        {
            await Task.Delay(LookAgain, TimeProvider.System, _stopping.Token).ConfigureAwait(false);
        }
    }

    [SupportedOSPlatform("linux")]
    private async Task DeliverAsync(ReadOnlyMemory<byte> bytes)
    {
        while (_terminal.Write(bytes.Span) is var left and > 0 && _terminal.IsHostThere)
        {
            bytes = bytes[^left..];
            await Task.Delay(LookAgain, TimeProvider.System, _stopping.Token).ConfigureAwait(false);
        }
    }
}
