using System.Runtime.Versioning;
using Sim800.Simulator.Line;

namespace Sim800.Simulator;

/// <summary>The line as a device file. One thread of its own waits for the host's bytes, and one more for each time the device comes back.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PseudoTerminalPort : IHostPort
{
    private readonly int _rate;
    private readonly string? _link;
    private ModemShell? _modem;
    private PseudoTerminal? _terminal;
    private Task _reading = Task.CompletedTask;

    /// <exception cref="PseudoTerminalException">There is no terminal to be had, or the link could not be made.</exception>
    internal PseudoTerminalPort(int rate, string? link)
    {
        (_rate, _link) = (rate, link);
        _terminal = new PseudoTerminal(rate, link);
        DevicePath = _terminal.DevicePath;
    }

    public int? HostRate => _terminal?.HostRate;

    public bool IsFull => false;

    /// <summary>Unplugged, the device file is gone; plugged in again, it is a new one, behind the same link.</summary>
    public bool IsPlugged
    {
        set
        {
            if (value == _terminal is not null || _modem is null)
            {
                return;
            }

            if (value)
            {
                Attach(_modem, new PseudoTerminal(_rate, _link));
            }
            else
            {
                _terminal!.Dispose();
                _terminal = null;
            }
        }
    }

    internal string DevicePath { get; private set; }

    public int Deliver(ReadOnlySpan<byte> bytes) => _terminal?.Write(bytes) ?? bytes.Length;

    public void Start(ModemShell modem)
    {
        _modem = modem;
        Attach(modem, _terminal!);
    }

    public async ValueTask DisposeAsync()
    {
        _terminal?.Dispose();
        await _reading.ConfigureAwait(false);
    }

    private void Attach(ModemShell modem, PseudoTerminal terminal)
    {
        _terminal = terminal;
        DevicePath = terminal.DevicePath;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _reading = Task.WhenAll(_reading, ended.Task);
        new Thread(() =>
        {
            Read(modem, terminal);
            terminal.CloseDescriptors();
            ended.SetResult();
        })
        {
            IsBackground = true,
            Name = "Virtual SIM800 " + terminal.DevicePath,
        }.Start();
    }

    private static void Read(ModemShell modem, PseudoTerminal terminal)
    {
        // A read of this size is soon on its way over the line; what the line cannot take waits in the terminal.
        Span<byte> buffer = stackalloc byte[512];
        while (terminal.Read(buffer) is var count and > 0)
        {
            modem.Offer(buffer[..count]);
            modem.AwaitRoom();
        }
    }
}
