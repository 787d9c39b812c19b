using System.IO.Pipelines;

namespace Sim800.Modem.Serial;

/// <summary>A serial device of Linux as a duplex pipe: raw bytes, 8N1, held by this process alone.</summary>
internal sealed class SerialLine : ISerialLine
{
    private readonly SerialDevice _device;
    private readonly WakeUp _wakeUp;
    private readonly SerialPoller _poller;

    private SerialLine(SerialDevice device, WakeUp wakeUp)
    {
        _device = device;
        _wakeUp = wakeUp;

        // The thread must get back to the device at once, so whoever reads goes on elsewhere.
        var received = new Pipe(new PipeOptions(useSynchronizationContext: false));
        _poller = new SerialPoller(device, wakeUp, received.Writer);
        Input = new SerialLineReader(received.Reader, _poller);
        Output = new SerialLineWriter(device, _poller);
    }

    /// <summary>What the modem sends. Ends with <see cref="SerialPortException"/> when the device goes.</summary>
    public PipeReader Input { get; }

    /// <summary>What the modem gets. A flush ends when the operating system has taken the bytes.</summary>
    public PipeWriter Output { get; }

    /// <exception cref="ArgumentException">The path is empty or contains a NUL.</exception>
    /// <exception cref="SerialPortException">The device cannot be used; the reason says why.</exception>
    internal static SerialLine Open(string device, SerialLineOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        if (device.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The path of a serial device has no NUL in it.", nameof(device));
        }

        var opened = SerialDevice.Open(device, options);
        try
        {
            var line = new SerialLine(opened, WakeUp.Create(device)) { BaudRate = options.BaudRate };
            line._poller.Start();
            return line;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public int BaudRate { get; private set; }

    public void SetBaudRate(int baudRate)
    {
        _device.SetBaudRate(baudRate);
        BaudRate = baudRate;
    }

    public void SetDtr(bool asserted) => _device.SetControlLine(ControlLine.Dtr, asserted);

    public void SetRts(bool asserted) => _device.SetControlLine(ControlLine.Rts, asserted);

    /// <summary>Closes the device. Bytes that could not leave within half a second are discarded.</summary>
    public async ValueTask DisposeAsync()
    {
        await _poller.StopAsync().ConfigureAwait(false);
        _device.Dispose();
        _wakeUp.Dispose();
    }
}

/// <summary>How to set up a serial device: always 8 data bits, no parity, 1 stop bit, raw.</summary>
internal sealed record SerialLineOptions
{
    /// <summary>Bits per second, one of <see cref="Serial.BaudRate.Supported"/>.</summary>
    public int BaudRate { get; init; } = 115200;

    /// <summary>RTS/CTS flow control; only where both wires are connected, or nothing is ever sent.</summary>
    public bool HardwareFlowControl { get; init; }
}
