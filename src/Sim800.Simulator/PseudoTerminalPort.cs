using System.Runtime.Versioning;
using Sim800.Simulator.Line;

namespace Sim800.Simulator;

/// <summary>The line as a device file. One thread of its own waits for the host's bytes.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PseudoTerminalPort(PseudoTerminal terminal) : IHostPort
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _reading;

    public int? HostRate => terminal.HostRate;

    public bool IsFull => false;

    internal string DevicePath => terminal.DevicePath;

    public int Deliver(ReadOnlySpan<byte> bytes) => terminal.Write(bytes);

    public void Start(ModemShell modem)
    {
        _reading = new Thread(() => Read(modem)) { IsBackground = true, Name = "Virtual SIM800 " + terminal.DevicePath };
        _reading.Start();
    }

    public async ValueTask DisposeAsync()
    {
        terminal.Dispose();
        await (_reading is null ? Task.CompletedTask : _ended.Task).ConfigureAwait(false);
        terminal.CloseDescriptors();
    }

    private void Read(ModemShell modem)
    {
        // A read of this size is soon on its way over the line; what the line cannot take waits in the terminal.
        Span<byte> buffer = stackalloc byte[512];
        while (terminal.Read(buffer) is var count and > 0)
        {
            modem.Offer(buffer[..count]);
            modem.AwaitRoom();
        }

        _ended.TrySetResult();
    }
}
